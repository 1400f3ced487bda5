//! What each command does to a drawing, and what no sequence of commands can break.

mod beyond;
mod connect;
mod delete;
mod moves;
mod paste;
mod place;
mod random;
mod settings;

use super::{Command, ConnectTarget, Planned, Refusal, plan};
use crate::model::{
    Container, Document, Field, Index, Kind, Resource, ResourceId, ResourceKind, RouteTarget, Subnet,
};

/// A document under edit; every step is checked for what must always hold.
pub(super) struct Bench {
    pub document: Document,
    pub index: Index,
}

pub(super) fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

pub(super) fn vpc(text: &str) -> Container {
    Container::Vpc(id(text))
}

pub(super) fn lane(text: &str, zone: &str) -> Container {
    Container::Lane(id(text), zone.to_owned())
}

pub(super) fn subnet(text: &str) -> Container {
    Container::Subnet(id(text))
}

impl Bench {
    pub fn new() -> Self {
        Self::over(Document::new("test", "us-east-1"))
    }

    pub fn over(document: Document) -> Self {
        let index = document.topology.index();
        Self { document, index }
    }

    /// One VPC (`vpc-1`) with a subnet in each of its two lanes (`subnet-1`, `subnet-2`).
    pub fn with_subnets() -> Self {
        let mut bench = Self::new();
        bench.place(Kind::Vpc, Container::Region);
        bench.place(Kind::Subnet, lane("vpc-1", "us-east-1a"));
        bench.place(Kind::Subnet, lane("vpc-1", "us-east-1b"));
        bench
    }

    pub fn try_run(&mut self, command: &Command) -> Result<Planned, Refusal> {
        let planned = plan(&self.document, &self.index, command)?;
        let before = self.document.clone();
        self.document.apply(&planned.transaction).expect("a plan fits its document");
        let mut back = self.document.clone();
        back.apply(&planned.transaction.invert()).expect("the inverse fits");
        assert!(back == before, "undo of {command:?} is not exact");
        assert_eq!(self.document.check_invariants(), Vec::<String>::new(), "after {command:?}");
        self.index = self.document.topology.index();
        Ok(planned)
    }

    pub fn run(&mut self, command: Command) -> Planned {
        self.try_run(&command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"))
    }

    pub fn refusal(&mut self, command: Command) -> String {
        self.try_run(&command).map(|planned| planned.transaction).expect_err("is refused").message
    }

    /// Places a kind and answers what is selected then: the new resource.
    pub fn place(&mut self, kind: Kind, into: Container) -> ResourceId {
        let planned = self.run(Command::Place { kind, into, at: None, name: None });
        planned.select.unwrap().remove(0)
    }

    pub fn move_into(&mut self, text: &str, into: Container) -> Planned {
        self.run(Command::MoveInto { id: id(text), into, at: None })
    }

    pub fn connect(&mut self, from: &str, to: &str) -> Planned {
        self.run(Command::Connect { from: id(from), to: ConnectTarget::Resource(id(to)) })
    }

    pub fn refuse_connect(&mut self, from: &str, to: &str) -> String {
        self.refusal(Command::Connect { from: id(from), to: ConnectTarget::Resource(id(to)) })
    }

    pub fn delete(&mut self, ids: &[&str]) -> Planned {
        self.run(Command::Delete { ids: ids.iter().map(|text| id(text)).collect() })
    }

    /// Changes the fields of one resource.
    pub fn set(
        &mut self,
        text: &str,
        field: &'static str,
        change: impl FnOnce(&mut ResourceKind),
    ) -> Planned {
        let command = self.set_command(text, field, change);
        self.run(command)
    }

    pub fn set_command(
        &self,
        text: &str,
        field: &'static str,
        change: impl FnOnce(&mut ResourceKind),
    ) -> Command {
        let mut to = Box::new(self.kind(text).clone());
        change(&mut to);
        Command::Set { id: id(text), field: Field::new(field), to }
    }

    pub fn has(&self, text: &str) -> bool {
        self.document.topology.get(&id(text)).is_some()
    }

    pub fn get(&self, text: &str) -> &Resource {
        self.document.topology.get(&id(text)).unwrap_or_else(|| panic!("there is no `{text}`"))
    }

    pub fn kind(&self, text: &str) -> &ResourceKind {
        &self.get(text).kind
    }

    pub fn subnet(&self, text: &str) -> &Subnet {
        self.kind(text).as_subnet().unwrap()
    }

    pub fn block(&self, text: &str) -> String {
        self.subnet(text).cidr_block.to_string()
    }

    /// The routes of a table as `DESTINATION > TARGET`.
    pub fn routes(&self, text: &str) -> Vec<String> {
        let table = self.kind(text).as_route_table().unwrap();
        let target = |target: &RouteTarget| target.to_string();
        table.routes.iter().map(|it| format!("{} > {}", it.destination, target(&it.target))).collect()
    }
}
