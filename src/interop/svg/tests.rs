use super::*;
use crate::scene::{self, samples};
use resvg::usvg;

fn picture(document: &crate::model::Document, theme: Theme) -> String {
    write(&scene::build(document, &document.topology.index()), theme)
}

#[test]
fn the_picture_is_xml_without_anything_that_viewers_refuse() {
    for document in [samples::bastion_nat(), samples::private_endpoints(), samples::tiers(2, 2)] {
        for theme in [Theme::Light, Theme::Dark] {
            let svg = picture(&document, theme);
            usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
            let forbidden = [
                "<script",
                "foreignObject",
                "<style",
                "<image",
                "href=\"http",
                "@import",
                "url(",
                "NaN",
                "inf",
            ];
            for word in forbidden {
                assert!(!svg.contains(word), "{word}");
            }
            assert!(svg.contains("<title id=\"vpcscape-title\">") && svg.contains("<desc"));
            assert!(svg.contains("0.0.0.0/0"));
        }
    }
}

#[test]
fn ids_are_unique_and_every_reference_has_one() {
    let svg = picture(&samples::private_endpoints(), Theme::Light);
    let ids: Vec<&str> = svg.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for reference in svg.split("xlink:href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(unique.contains(reference), "{reference}");
    }
}

#[test]
fn hostile_names_stay_letters() {
    let mut document = samples::bastion_nat();
    let hostile = "</text><script>alert(1)</script>&\"'\u{0}\u{1b}\u{202e}\u{fffe}";
    let resources = &mut document.topology.resources;
    for resource in resources.values_mut() {
        std::sync::Arc::make_mut(resource).name = hostile.to_owned();
    }
    let svg = picture(&document, Theme::Light);
    assert!(!svg.contains("<script"));
    assert!(!svg.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{fffe}']));
    assert!(svg.contains("&lt;/text&gt;"));
    usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
}

#[test]
fn an_empty_document_is_a_picture_too() {
    let svg = picture(&crate::model::Document::new("empty", "eu-central-1"), Theme::Dark);
    assert!(svg.contains("eu-central-1"));
    usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
}
