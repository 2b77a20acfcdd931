//! Where files are kept: a folder, a bucket that speaks S3, or memory in tests.

use std::{
    fmt,
    ops::Range,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use anyhow::Context as _;
use bytes::Bytes;
use futures::{StreamExt as _, stream::BoxStream};
use object_store::{
    Error as StoreError, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, WriteMultipart,
    aws::AmazonS3Builder, local::LocalFileSystem, memory::InMemory, path::Path,
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

/// A part of a file, as it is read.
pub type Pieces = BoxStream<'static, std::io::Result<Bytes>>;

/// Pieces that are on their way into the store at once, of 5 MB each.
const AT_ONCE: usize = 2;

/// A file that is coming.
pub struct Incoming(WriteMultipart);

impl Incoming {
    /// Takes the next bytes, once there is room for them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn write(&mut self, bytes: Bytes) -> Result<()> {
        let room = self.0.wait_for_capacity(AT_ONCE).await;
        room.map_err(|e| Error::internal(e, "could not keep a piece of a file"))?;
        self.0.put(bytes);
        Ok(())
    }

    /// All of it has come; now it is there under its name.
    ///
    /// # Errors
    /// When the store fails; then there is none.
    pub async fn finish(self) -> Result<()> {
        let kept = self.0.finish().await;
        kept.map(drop).map_err(|e| Error::internal(e, "could not keep a file"))
    }

    /// Forgets what has come.
    pub async fn forget(self) {
        if let Err(fault) = self.0.abort().await {
            tracing::warn!(%fault, "the pieces of a file that was given up are still there");
        }
    }
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

    /// Begins a file that comes piece by piece; there is none of this name before
    /// [`Incoming::finish`].
    ///
    /// # Errors
    /// When the store fails.
    pub async fn begin(&self, name: &str) -> Result<Incoming> {
        let begun = self.files.open()?.put_multipart(&self.path(name)).await;
        let upload = begun.map_err(|e| Error::internal(e, "could not begin a file"))?;
        Ok(Incoming(WriteMultipart::new(upload)))
    }

    /// How long a file is, in bytes; nothing, when there is none of this name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn length(&self, name: &str) -> Result<Option<u64>> {
        match self.files.open()?.head(&self.path(name)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(fault) => Err(Error::internal(fault, "could not look for a file")),
        }
    }

    /// Reads a part of a file, piece by piece: never all of it is in memory.
    ///
    /// # Errors
    /// When the store fails, also in the middle of it.
    pub async fn part(&self, name: &str, range: Range<u64>) -> Result<Pieces> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..Default::default() };
        let found = self.files.open()?.get_opts(&self.path(name), options).await;
        let found = found.map_err(|e| Error::internal(e, "could not open a file"))?;
        Ok(found.into_stream().map(|piece| piece.map_err(std::io::Error::other)).boxed())
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
