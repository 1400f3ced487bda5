//! Intents in, effects out.

use super::{Effect, Event, Intent, Session};

impl Session {
    /// Does what is asked, and says what must be done outside.
    pub fn handle(&mut self, intent: Intent) -> Vec<Effect> {
        if let Intent::Select(ids) = intent {
            self.selection = ids;
        }
        Vec::new()
    }

    /// Takes in what happened outside, and says what must be done next.
    pub fn receive(&mut self, event: Event) -> Vec<Effect> {
        if let Event::Logged(line) = event {
            self.deploy.log.push(line);
        }
        Vec::new()
    }
}
