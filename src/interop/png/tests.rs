use super::*;
use crate::scene::{self, samples};

fn scene_of(document: &crate::model::Document) -> Scene {
    scene::build(document, &document.topology.index())
}

#[test]
fn the_picture_has_its_size_and_more_than_paper_on_it() {
    let scene = scene_of(&samples::bastion_nat());
    let page = svg::page(&scene);
    for theme in [Theme::Light, Theme::Dark] {
        let bytes = write(&scene, theme, 0.5).unwrap();
        let image = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!(image.width(), (page.width() * 0.5).ceil() as u32);
        assert_eq!(image.height(), (page.height() * 0.5).ceil() as u32);
        let paper = *image.get_pixel(0, 0);
        assert_eq!(*image.get_pixel(image.width() - 1, image.height() - 1), paper);
        let inked = image.pixels().filter(|pixel| **pixel != paper).count();
        assert!(inked > image.pixels().len() / 20, "{inked}");
    }
}

#[test]
fn letters_are_drawn_without_any_font_of_the_system() {
    let words = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='20'><text x='2' y='15' font-family='Ubuntu'>subnet</text></svg>";
    assert!(words.chars().all(measure::is_covered));
    let pixmap = paint(words, 100, 20, Transform::identity()).unwrap();
    assert!(pixmap.pixels().iter().filter(|pixel| pixel.alpha() > 128).count() > 50);
}

#[test]
fn a_picture_too_large_for_the_limits_is_made_smaller_and_says_so() {
    let scene = scene_of(&samples::bastion_nat());
    assert_eq!(note(&scene, 1.0), None);
    assert!(note(&scene, 1000.0).unwrap().contains("100000 %"));
    let page = svg::page(&scene);
    for wanted in [1000.0, f32::MAX] {
        let scale = scale_for(&scene, wanted);
        assert!(page.width() * scale <= MAX_SIDE as f32 && page.height() * scale <= MAX_SIDE as f32);
        assert!(
            f64::from(page.width() * scale) * f64::from(page.height() * scale) <= 1.001 * MAX_PIXELS as f64
        );
    }
    for nonsense in [f32::NAN, -3.0, 0.0] {
        assert!((scale_for(&scene, nonsense) - 1.0).abs() < f32::EPSILON);
    }
}

#[test]
fn every_icon_is_drawn() {
    for theme in [Theme::Light, Theme::Dark] {
        for kind in Icon::ALL {
            let pixels = icon(*kind, theme, 32).unwrap();
            assert_eq!(pixels.len(), 32 * 32 * 4);
            let inked = pixels.chunks(4).filter(|pixel| pixel[3] > 128).count();
            assert!(inked > 150, "{kind:?}: {inked}");
        }
    }
}

/// Writes pictures to look at into the folder that `VPCSCAPE_PICTURES` names; without it, only checks
/// that they can be made.
#[test]
fn pictures_to_look_at() {
    let folder = std::env::var_os("VPCSCAPE_PICTURES").map(std::path::PathBuf::from);
    let documents = [
        ("bastion", samples::bastion_nat()),
        ("endpoints", samples::private_endpoints()),
        ("unfinished", samples::unfinished()),
        ("tiers", samples::tiers(2, 6)),
    ];
    for (name, document) in documents {
        let scene = scene_of(&document);
        for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let bytes = write(
                &scene,
                theme,
                match name {
                    "tiers" | "unfinished" => 0.6,
                    _ => 1.5,
                },
            )
            .unwrap();
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{name}-{word}.png")), bytes).unwrap();
            }
        }
    }
}

/// The same for the icons, large and small, on both grounds.
#[test]
fn icons_to_look_at() {
    let folder = std::env::var_os("VPCSCAPE_PICTURES").map(std::path::PathBuf::from);
    let mut sheet = image::RgbaImage::new(Icon::ALL.len() as u32 * 60, 200);
    for (row, theme) in [Theme::Light, Theme::Dark].into_iter().enumerate() {
        let ground = crate::scene::color(crate::scene::Role::Background, theme);
        let top = row as u32 * 100;
        for (x, y) in (0..sheet.width()).flat_map(|x| (top..top + 100).map(move |y| (x, y))) {
            sheet.put_pixel(x, y, image::Rgba(ground));
        }
        for (at, kind) in (0_i64..).zip(Icon::ALL) {
            for (side, down) in [(48, 6), (20, 62)] {
                let pixels =
                    image::RgbaImage::from_raw(side, side, icon(*kind, theme, side).unwrap()).unwrap();
                image::imageops::overlay(&mut sheet, &pixels, at * 60 + 6, i64::from(top + down));
            }
        }
    }
    if let Some(folder) = &folder {
        sheet.save(folder.join("icons.png")).unwrap();
    }
    assert!(sheet.pixels().any(|pixel| pixel.0 != sheet.get_pixel(0, 0).0));
}
