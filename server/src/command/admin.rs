//! `pedestal admin …`: accounts and tokens from the operator's shell.

use std::process::ExitCode;

use anyhow::{Result, bail};
use backend::{Backend, account};
use clap::{Subcommand, ValueEnum};
use domain::account::{Password, Role};

use super::say;

/// What an operator can do to accounts.
#[derive(Subcommand)]
pub enum Admin {
    /// Create an account, or give an existing one this role
    CreateAccount {
        #[arg(long)]
        email: String,
        #[arg(long, value_enum, default_value = "member")]
        role: RoleWord,
        /// Read the password's single line from standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// Make an API token for an account and print it
    CreateToken {
        #[arg(long)]
        email: String,
        /// What the token is for
        #[arg(long, default_value = "command line")]
        name: String,
    },
}

/// A role as a word of the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleWord {
    Member,
    Operator,
}

/// Carries it out.
///
/// # Errors
/// When the database fails or the account is refused.
pub async fn run(backend: &Backend, admin: Admin) -> Result<ExitCode> {
    match admin {
        Admin::CreateAccount { email, role, password_stdin } => {
            let role = match role {
                RoleWord::Member => Role::Member,
                RoleWord::Operator => Role::Operator,
            };
            let password = password_stdin.then(read_password).transpose()?;
            let id = account::create_account(backend, &email, role, password.as_ref()).await?;
            say(&id.to_string())?;
        }
        Admin::CreateToken { email, name } => {
            say(&account::create_token_for(backend, &email, &name).await?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read_password() -> Result<Password> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    match Password::new(line.trim_end_matches(['\r', '\n'])) {
        Ok(password) => Ok(password),
        Err(problem) => bail!("{}", problem.say(domain::Locale::En)),
    }
}
