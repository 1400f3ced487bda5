//! The program as a process, with a file of its own and with nothing of this machine's settings.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// A folder with one topology file in it.
pub struct Project {
    folder: tempfile::TempDir,
    /// The file.
    pub file: PathBuf,
}

impl Project {
    /// Copies a file of the repository.
    pub fn of(source: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a temporary folder");
        let source = Path::new(source);
        let file = folder.path().join(source.file_name().expect("the path names a file"));
        std::fs::copy(source, &file).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
        Self { folder, file }
    }

    /// Writes a document.
    pub fn holding(document: &vpcscape::model::Document) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a temporary folder");
        let file = folder.path().join("net.vpcscape.json");
        let text = vpcscape::interop::native::write(document).expect("every document can be written");
        std::fs::write(&file, text).expect("the folder can be written");
        Self { folder, file }
    }

    /// Copies a file of the repository into another region.
    pub fn in_region(source: &str, region: &str) -> Self {
        let project = Self::of(source);
        let text = std::fs::read_to_string(&project.file).expect("the file is there");
        std::fs::write(&project.file, text.replace("us-east-1", region)).expect("it can be written");
        project
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The resources of the drawing, as the file has them.
    pub fn drawing(&self) -> Value {
        let text = std::fs::read(&self.file).expect("the file is there");
        serde_json::from_slice(&text).expect("the file is JSON")
    }

    /// The id of what stands for a resource, by the state file.
    pub fn live(&self, resource: &str) -> String {
        let name = self.file.file_name().and_then(|it| it.to_str()).expect("the file has a name");
        let state = self.file.with_file_name(name.replace(".vpcscape.json", ".state.json"));
        let text = std::fs::read(state).expect("something was deployed");
        let state: Value = serde_json::from_slice(&text).expect("the file is JSON");
        let mut deployments = state["deployments"].as_object().expect("it has deployments").values();
        let deployment = deployments.next().expect("it has one");
        deployment["resources"][resource]["id"].as_str().expect("it was deployed").to_owned()
    }

    /// Runs `vpcscape COMMAND FILE --endpoint-url URL …`.
    pub fn run(&self, command: &str, url: &str, more: &[&str]) -> Run {
        self.run_with(
            command,
            url,
            more,
            &[("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing")],
        )
    }

    /// The same in another environment.
    pub fn run_with(&self, command: &str, url: &str, more: &[&str], environment: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_vpcscape"))
            .arg(command)
            .arg(&self.file)
            .args(["--endpoint-url", url])
            .args(more)
            .env_clear()
            .env("HOME", self.folder())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(environment.iter().copied())
            .output()
            .expect("the program starts");
        Run::from(output)
    }
}

/// How a run ended and what it said.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: Option<i32>,
    /// The standard output.
    pub out: String,
    /// The standard error output.
    pub err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Run {
    /// Insists on an exit code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\nstdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}
