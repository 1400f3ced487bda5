//! Carries out effects: files, dialogs, threads, the clock.
