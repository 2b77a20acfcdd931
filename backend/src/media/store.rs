//! Where files are kept: a folder, a bucket that speaks S3, or memory in tests.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use anyhow::Context as _;
use bytes::Bytes;
use object_store::{
    Error as StoreError, ObjectStore, ObjectStoreExt as _, aws::AmazonS3Builder,
    local::LocalFileSystem, memory::InMemory, path::Path,
};

use super::line::Line;
use crate::error::{Error, Result};

/// Where an operator wants files to be kept.
#[derive(Debug, Clone, Default)]
pub enum Storage {
    /// In this process, until it ends.
    #[default]
    Memory,
    /// In a folder of this machine, which is made when there is none.
    Folder(PathBuf),
    /// In a bucket, for several machines.
    Bucket(Bucket),
}

/// A bucket of a service that speaks S3.
#[derive(Clone)]
pub struct Bucket {
    pub name: String,
    /// What every name begins with, without slashes around it; may be empty.
    pub prefix: String,
    pub region: String,
    /// Where the service is; without it, Amazon.
    pub endpoint: Option<String>,
    pub access_key_id: String,
    pub secret_access_key: String,
}

/// The files. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    files: Arc<Files>,
    prefix: Arc<str>,
}

enum Files {
    Open(Box<dyn ObjectStore>),
    /// Made when there is a first file: who runs everything on Postgres need not be able
    /// to write a folder.
    Folder(PathBuf, OnceLock<LocalFileSystem>),
}

impl Store {
    /// Opens it. A bucket is not asked for anything yet, and no folder is made.
    ///
    /// # Errors
    /// When the bucket's description means nothing.
    pub fn open(storage: &Storage) -> Result<Self> {
        let (files, prefix) = match storage {
            Storage::Memory => (Files::Open(Box::new(InMemory::new())), ""),
            Storage::Folder(folder) => (Files::Folder(folder.clone(), OnceLock::new()), ""),
            Storage::Bucket(bucket) => {
                (Files::Open(Box::new(bucket.open()?)), bucket.prefix.as_str())
            }
        };
        Ok(Self { files: Arc::new(files), prefix: prefix.into() })
    }

    /// Keeps a file.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(&self, name: &str, content: Vec<u8>) -> Result<()> {
        let kept = self.files.open()?.put(&self.path(name), content.into()).await;
        kept.map(drop).map_err(|e| Error::internal(e, "could not keep a picture"))
    }

    /// Reads a file; nothing, when there is none of this name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn get(&self, name: &str) -> Result<Option<Bytes>> {
        let files = self.files.open()?;
        let content = async { files.get(&self.path(name)).await?.bytes().await };
        match content.await {
            Ok(content) => Ok(Some(content)),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(fault) => Err(Error::internal(fault, "could not read a picture")),
        }
    }

    /// Deletes a file, if there is one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn delete(&self, name: &str) -> Result<()> {
        match self.files.open()?.delete(&self.path(name)).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(fault) => Err(Error::internal(fault, "could not delete a picture")),
        }
    }

    fn path(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.prefix))
    }
}

impl Files {
    fn open(&self) -> Result<&dyn ObjectStore> {
        let (folder, files) = match self {
            Self::Open(files) => return Ok(files.as_ref()),
            Self::Folder(folder, files) => (folder, files),
        };
        if let Some(files) = files.get() {
            return Ok(files);
        }
        std::fs::create_dir_all(folder)
            .map_err(|e| Error::internal(e, "could not create the folder of pictures"))?;
        let opened = LocalFileSystem::new_with_prefix(folder)
            .map_err(|e| Error::internal(e, "could not open the folder of pictures"))?;
        // An answered upload must survive a power cut, too.
        Ok(files.get_or_init(|| opened.with_fsync(true)))
    }
}

impl Bucket {
    fn open(&self) -> Result<impl ObjectStore + use<>> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(&self.secret_access_key)
            .with_http_connector(Line);
        if let Some(endpoint) = &self.endpoint {
            let is_plain = endpoint.starts_with("http://");
            builder = builder.with_endpoint(endpoint).with_allow_http(is_plain);
        }
        Ok(builder.build().context("the bucket of pictures cannot be opened")?)
    }
}

/// Without the secret, which no log may hold.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
