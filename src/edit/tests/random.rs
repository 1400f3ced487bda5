//! Random sequences of commands against what must hold whatever the user does.

use proptest::{prelude::*, test_runner::TestCaseError};

use super::{Bench, id};
use crate::{
    edit::{Clip, Command, ConnectTarget, History, history::Revision, plan},
    model::{Container, Document, Field, Kind, Placement, ResourceId, Tags},
};

/// Numbers that choose a command and, from what is drawn at that moment, its operands.
type Dice = (u8, u16, u16, u16);

fn dice() -> impl Strategy<Value = Vec<Dice>> {
    prop::collection::vec((0u8..24, any::<u16>(), any::<u16>(), any::<u16>()), 1..60)
}

fn pick<T>(list: &[T], number: u16) -> Option<&T> {
    list.get(usize::from(number) % list.len().max(1))
}

fn some_id(document: &Document, number: u16) -> ResourceId {
    let ids: Vec<&ResourceId> = document.topology.resources.keys().collect();
    // Now and then something that does not exist.
    if number % 31 == 7 {
        id("nobody")
    } else {
        pick(&ids, number).map_or_else(|| id("nobody"), |id| (*id).clone())
    }
}

fn some_container(document: &Document, number: u16) -> Container {
    let chosen = some_id(document, number / 5);
    let vpc = document.topology.vpc_of(&chosen).cloned().unwrap_or_else(|| chosen.clone());
    match number % 5 {
        0 => Container::Region,
        1 => Container::Vpc(vpc),
        2 => Container::Lane(vpc, "us-east-1a".to_owned()),
        3 => Container::Lane(vpc, "us-east-1c".to_owned()),
        _ => Container::Subnet(chosen),
    }
}

fn command(document: &Document, (which, a, b, c): Dice) -> Command {
    let at = (c % 3 == 0).then(|| (i32::from(a), i32::from(c)));
    let placement = Placement { x: i32::from(b), y: i32::from(c), width: Some(i32::from(a)), height: None };
    let target = some_id(document, a);
    match which {
        0..=8 => {
            let kind = *pick(Kind::ALL, a).unwrap();
            Command::Place {
                kind,
                into: some_container(document, b),
                at,
                name: (c % 4 == 0).then(|| format!("n{}", c % 5)),
            }
        }
        9 => Command::Move { placements: vec![(target, placement)] },
        10 | 11 => Command::MoveInto { id: target, into: some_container(document, b), at },
        12..=14 => Command::Connect { from: target, to: ConnectTarget::Resource(some_id(document, b)) },
        15 => Command::Connect { from: target, to: ConnectTarget::Internet },
        16 => Command::Delete { ids: vec![target, some_id(document, b)] },
        17 => Command::Duplicate { ids: vec![target, some_id(document, b)] },
        18 => {
            let clip = Clip::of(document, &document.topology.index(), &[target]);
            Command::Paste { clip, into: (c % 2 == 0).then(|| some_container(document, b)), at }
        }
        19 => Command::SetMainRouteTable { table: target },
        20 => Command::SetRegion {
            region: ["eu-west-1", "us-east-1", "Nowhere"][usize::from(a % 3)].to_owned(),
        },
        21 => Command::SetLanes {
            vpc: target,
            zones: vec![format!("us-east-1{}", char::from(b'a' + (b % 4) as u8))],
        },
        22 => Command::SetTags { id: target, tags: Tags::from([(format!("k{}", b % 3), "v".to_owned())]) },
        _ => set(document, target, some_id(document, b)),
    }
}

/// Writes somebody's fields over somebody else's: refused, or harmless.
fn set(document: &Document, target: ResourceId, donor: ResourceId) -> Command {
    match document.topology.kind(&donor) {
        Some(kind) => {
            Command::Set { id: target, field: Field::new("everything"), to: Box::new(kind.clone()) }
        }
        None => Command::Rename { id: target, name: "renamed".to_owned() },
    }
}

fn check_sequence(sequence: &[Dice]) -> Result<(), TestCaseError> {
    let mut bench = Bench::with_subnets();
    let mut history = History::saved();
    let mut selection: Vec<ResourceId> = Vec::new();
    let mut states = vec![(bench.document.clone(), selection.clone())];
    for dice in sequence {
        let command = command(&bench.document, *dice);
        let Ok(planned) = bench.try_run(&command) else {
            continue;
        };
        if planned.transaction.is_empty() {
            continue;
        }
        let selected_before = selection.clone();
        selection = planned.select.unwrap_or(selection);
        let selected_after = selection.clone();
        history.push(Revision { transaction: planned.transaction, selected_before, selected_after });
        states.push((bench.document.clone(), selection.clone()));
    }
    prop_assert_eq!(history.depth(), states.len() - 1);
    for state in states.iter().rev().skip(1) {
        let step = history.undo_step().unwrap().clone();
        bench.document.apply(&step.transaction.invert()).unwrap();
        history.step_back();
        prop_assert!((&bench.document, &step.selected_before) == (&state.0, &state.1));
    }
    prop_assert!(history.undo_step().is_none() && !history.is_dirty());
    for state in states.iter().skip(1) {
        let step = history.redo_step().unwrap().clone();
        bench.document.apply(&step.transaction).unwrap();
        history.step_forward();
        prop_assert!((&bench.document, &step.selected_after) == (&state.0, &state.1));
    }
    prop_assert!(history.redo_step().is_none());
    Ok(())
}

/// A history against the plainest thing that could do its work: a list of all documents.
fn check_history(steps: &[(u8, u16)]) -> Result<(), TestCaseError> {
    let mut document = Document::new("0", "us-east-1");
    let mut history = History::saved();
    let (mut model, mut at, mut saved) = (vec![document.clone()], 0usize, Some(0usize));
    for (action, number) in steps {
        match action % 5 {
            0 if at > 0 => {
                document.apply(&history.undo_step().unwrap().transaction.invert()).unwrap();
                history.step_back();
                at -= 1;
            }
            1 if at + 1 < model.len() => {
                document.apply(&history.redo_step().unwrap().transaction.clone()).unwrap();
                history.step_forward();
                at += 1;
            }
            2 => {
                history.mark_saved(history.state());
                saved = Some(at);
            }
            _ => {
                let command = Command::SetName { name: format!("{number}") };
                let planned = plan(&document, &document.topology.index(), &command).unwrap();
                if planned.transaction.is_empty() {
                    continue;
                }
                document.apply(&planned.transaction).unwrap();
                history.push(Revision {
                    transaction: planned.transaction,
                    selected_before: Vec::new(),
                    selected_after: Vec::new(),
                });
                model.truncate(at + 1);
                saved = saved.filter(|saved| *saved <= at);
                model.push(document.clone());
                at += 1;
            }
        }
        prop_assert_eq!(&document, &model[at]);
        prop_assert_eq!(history.depth(), at);
        prop_assert_eq!(history.is_dirty(), saved != Some(at));
        prop_assert_eq!(history.undo_step().is_some(), at > 0);
        prop_assert_eq!(history.redo_step().is_some(), at + 1 < model.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_the_drawing_and_all_of_it_can_be_undone(sequence in dice()) {
        check_sequence(&sequence)?;
    }

    #[test]
    fn a_history_is_a_list_of_documents(steps in prop::collection::vec((any::<u8>(), 0u16..9), 0..80)) {
        check_history(&steps)?;
    }
}
