//! What the roles look like in light and in dark. Frames and categories follow the colours of AWS's
//! architecture diagrams; everything that is read has at least 4.5:1 against its ground (WCAG AA), lines
//! and icons at least 3:1.

use super::paint::{Role, Theme};

/// The colour of a role: red, green, blue and opacity.
pub fn color(role: Role, theme: Theme) -> [u8; 4] {
    let (light, dark) = pair(role);
    let rgb = match theme {
        Theme::Light => light,
        Theme::Dark => dark,
    };
    let [_, red, green, blue] = u32::to_be_bytes(rgb);
    [red, green, blue, 255]
}

/// The colour of a role as `#rrggbb`, for SVG.
pub fn hex(role: Role, theme: Theme) -> String {
    let [red, green, blue, _] = color(role, theme);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn pair(role: Role) -> (u32, u32) {
    match role {
        Role::Background => (0x00FF_FFFF, 0x0016_1B22),
        Role::Text => (0x0023_2F3E, 0x00E9_EDF2),
        Role::FaintText => (0x0054_6072, 0x00A9_B4C2),
        Role::RegionLine => (0x0007_8A86, 0x0027_B8B0),
        Role::VpcFill => (0x00FC_FBFF, 0x001B_1E29),
        Role::LaneLine => (0x005A_7FA6, 0x006C_8BAE),
        Role::PublicFill => (0x00F1_F7E6, 0x001D_2A1B),
        Role::PrivateLine => (0x0013_86A6, 0x003F_B6D6),
        Role::PrivateFill => (0x00E6_F4F8, 0x0015_2833),
        Role::CardLine => (0x00C3_CBD6, 0x0046_5262),
        Role::CardFill => (0x00FF_FFFF, 0x0022_2B36),
        Role::ChipFill => (0x00F0_F2F6, 0x002B_3542),
        Role::VpcLine | Role::Networking => (0x008C_4FFF, 0x00A8_7CFF),
        Role::Compute => (0x00C7_5A0B, 0x00F0_8A3C),
        Role::Security => (0x00DD_344C, 0x00FF_6B7D),
        Role::PublicLine | Role::Storage => (0x0056_8215, 0x008C_C24A),
        Role::Database => (0x00B5_3BB0, 0x00E2_7BDD),
        Role::ArrowInternet => (0x0046_6F0E, 0x009B_D25C),
        Role::ArrowNat => (0x00B4_4F06, 0x00F2_9A55),
        Role::ArrowEndpoint => (0x007A_35F0, 0x00B9_98FF),
        Role::ArrowNetwork => (0x000B_6E7A, 0x004F_C9D6),
        Role::ArrowOther => (0x0047_5569, 0x00A3_B1C2),
        Role::ArrowBlackhole => (0x00C4_1C34, 0x00FF_7E8C),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(role: Role, theme: Theme) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue, _] = color(role, theme);
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(a: Role, b: Role, theme: Theme) -> f64 {
        let (a, b) = (luminance(a, theme), luminance(b, theme));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    const GROUNDS: &[Role] = &[
        Role::Background,
        Role::VpcFill,
        Role::PublicFill,
        Role::PrivateFill,
        Role::CardFill,
        Role::ChipFill,
    ];

    #[test]
    fn what_is_read_has_aa_contrast_on_every_ground() {
        for theme in [Theme::Light, Theme::Dark] {
            for ground in GROUNDS {
                for letters in [Role::Text, Role::FaintText] {
                    let found = contrast(letters, *ground, theme);
                    assert!(found >= 4.5, "{letters:?} on {ground:?} in {theme:?}: {found:.2}");
                }
            }
        }
    }

    #[test]
    fn labels_of_arrows_have_aa_contrast_on_the_paper() {
        let arrows = [
            Role::ArrowInternet,
            Role::ArrowNat,
            Role::ArrowEndpoint,
            Role::ArrowNetwork,
            Role::ArrowOther,
            Role::ArrowBlackhole,
        ];
        for theme in [Theme::Light, Theme::Dark] {
            for arrow in arrows {
                let found = contrast(arrow, Role::Background, theme);
                assert!(found >= 4.5, "{arrow:?} in {theme:?}: {found:.2}");
            }
        }
    }

    #[test]
    fn lines_and_icons_stand_out_from_the_paper() {
        let lines = [
            Role::RegionLine,
            Role::VpcLine,
            Role::LaneLine,
            Role::PublicLine,
            Role::PrivateLine,
            Role::Networking,
            Role::Compute,
            Role::Security,
            Role::Storage,
            Role::Database,
        ];
        for theme in [Theme::Light, Theme::Dark] {
            for line in lines {
                let found = contrast(line, Role::Background, theme);
                assert!(found >= 3.0, "{line:?} in {theme:?}: {found:.2}");
            }
        }
    }
}
