//! `vpcscape export`.

use vpcscape::interop::native;

use super::{code, err, folder, read, refused, run, template};

#[test]
fn json_is_the_canonical_file() {
    let folder = folder();
    let file = template(&folder, "bastion-nat");
    let loose: serde_json::Value = serde_json::from_str(&read(&file)).unwrap();
    std::fs::write(folder.path().join("loose.json"), loose.to_string()).unwrap();
    let exported = run(&folder, &["export", "loose.json", "--to", "json", "-o", "out.json"]);
    assert_eq!(code(&exported), 0, "{}", err(&exported));
    assert_eq!(read(&folder.path().join("out.json")), read(&file));
    let piped = run(&folder, &["export", "loose.json", "--to", "json", "-o", "-"]);
    assert!(native::read(&piped.stdout).is_ok());
}

#[test]
fn svg_names_every_box_and_needs_nothing_from_outside() {
    let folder = folder();
    template(&folder, "private-endpoints");
    for theme in ["light", "dark"] {
        let args =
            ["export", "private-endpoints.vpcscape.json", "--to", "svg", "-o", theme, "--theme", theme];
        let exported = run(&folder, &args);
        assert_eq!(code(&exported), 0, "{}", err(&exported));
        let svg = read(&folder.path().join(theme));
        assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"));
        assert!(svg.trim_end().ends_with("</svg>"));
        for name in ["private-a", "private-b", "host", "10.0.1.0/24"] {
            assert!(svg.contains(name), "{name}");
        }
        assert!(!svg.contains("<script") && !svg.contains("href=\"http"));
    }
    assert_ne!(read(&folder.path().join("light")), read(&folder.path().join("dark")));
}

#[test]
fn png_is_a_picture_that_grows_with_the_scale() {
    let folder = folder();
    template(&folder, "bastion-nat");
    let size = |scale: &str| {
        let args = ["export", "bastion-nat.vpcscape.json", "--to", "png", "-o", "a.png", "--scale", scale];
        let exported = run(&folder, &args);
        assert_eq!(code(&exported), 0, "{}", err(&exported));
        let picture = image::open(folder.path().join("a.png")).unwrap().to_rgba8();
        let first = *picture.get_pixel(0, 0);
        assert!(picture.pixels().any(|pixel| *pixel != first), "an empty picture");
        picture.width()
    };
    let (one, two) = (size("1"), size("2"));
    assert!(one > 200 && two.abs_diff(2 * one) <= 2, "{one} and {two}");
}

#[test]
fn what_cannot_be_exported_is_refused() {
    let folder = folder();
    template(&folder, "bastion-nat");
    let file = "bastion-nat.vpcscape.json";
    assert!(refused(&run(&folder, &["export", file, "--to", "svg", "-o", "."])).contains("this is a folder"));
    assert!(refused(&run(&folder, &["export", "none", "--to", "svg", "-o", "a"])).contains("no such file"));
    for scale in ["0", "-1", "nan", "17", "x"] {
        let scale = format!("--scale={scale}");
        let output = run(&folder, &["export", file, "--to", "png", "-o", "a", &scale]);
        assert_eq!(code(&output), 2, "{scale}");
    }
}
