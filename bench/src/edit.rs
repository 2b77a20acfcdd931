//! A long story that several write at once: how soon a letter is on the other's screen,
//! how soon the story is open, and what fifty writers cost. What a browser adds to the
//! first two is measured by `end2end/tests/edit/speed.spec.ts`.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use domain::story::{
    BlockId, Kind, Place as Spot,
    document::Document,
    frame::{ToBrowser, ToServer},
};
use futures::{SinkExt as _, StreamExt as _};
use tokio::{net::TcpStream, task::JoinSet, time::timeout};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest as _},
};

use crate::{
    Surroundings,
    client::{Connection, post_form},
    load::percentile,
    pledges::HOT,
    report::{Bound, Report, micros},
    server::{Place, Server},
};

const BLOCKS: usize = 300;
/// Letters of which each is waited for.
const LETTERS: usize = 500;
const OPENINGS: usize = 20;
const WRITERS: u64 = 50;
/// How long they write, and how often each does.
const WRITING: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(500);
/// One account has twenty windows of a page at most.
const ACCOUNTS: u64 = 3;
const PASSWORD: &str = "a long enough password";
const SOON: Duration = Duration::from_secs(10);

/// Writes 300 blocks, and measures on them.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let place = Place::new(surroundings, "edit", None)?;
    place.run(&["seed", "--bench"])?;
    let email = |number: u64| format!("writer-{number}@example.org");
    for number in 0..ACCOUNTS {
        let address = email(number);
        let words = [
            "admin",
            "create-account",
            "--email",
            &address,
            "--role",
            "operator",
            "--password-stdin",
        ];
        place.tell(&words, PASSWORD)?;
    }
    let (server, _) = place.serve("/readyz")?;
    let mut cookies = Vec::new();
    for number in 0..ACCOUNTS {
        cookies.push(sign_in(server.address, &email(number)).await?);
    }
    let mut ada = Writer::open(server.address, &cookies[0], 1).await?;
    ada.fill().await?;
    let block = ada.document.order().last().copied().context("the story has blocks")?;

    let mut ben = Writer::open(server.address, &cookies[1], 2).await?;
    let mut times = Vec::new();
    for _ in 0..LETTERS {
        let begun = Instant::now();
        ada.types(block).await?;
        ben.until(|frame| matches!(frame, ToBrowser::Update(_))).await?;
        times.push(u64::try_from(begun.elapsed().as_micros())?);
        ada.until(|frame| matches!(frame, ToBrowser::Saved(_))).await?;
    }
    times.sort_unstable();
    let (middle, most) = (percentile(&times, 50), percentile(&times, 99));
    let shown = format!("p50 {}, p99 {}", micros(middle), micros(most));
    report.bind(
        "a letter → the other’s screen, p99 ms",
        most / 1_000,
        &shown,
        Bound::AtMost(200),
        "",
    );

    // Who does not listen holds the others up.
    drop((ada, ben));

    let mut times = Vec::new();
    for number in 0..OPENINGS {
        let begun = Instant::now();
        page(server.address, &cookies[0]).await?;
        let writer = Writer::open(server.address, &cookies[0], 100 + number as u64).await?;
        times.push(u64::try_from(begun.elapsed().as_micros())?);
        ensure!(writer.document.order().len() >= BLOCKS, "the whole story came");
    }
    times.sort_unstable();
    let (middle, most) = (percentile(&times, 50), percentile(&times, 99));
    let shown = format!("p50 {}, p99 {}; its page and its document", micros(middle), micros(most));
    report.bind(
        "opening a story of 300 blocks, ms",
        middle / 1_000,
        &shown,
        Bound::AtMost(300),
        "",
    );

    let percent = fifty(&server, &cookies, block).await?;
    let shown = format!("{percent} %, two letters a second each");
    report.bind("50 writers, % of a core", percent, &shown, Bound::AtMost(10), "");
    Ok(())
}

/// What the server takes of a core while fifty write, in percent.
async fn fifty(server: &Server, cookies: &[String], block: BlockId) -> Result<u64> {
    let mut writing = JoinSet::new();
    for number in 0..WRITERS {
        let cookie = &cookies[usize::try_from(number % ACCOUNTS)?];
        let mut writer = Writer::open(server.address, cookie, 1_000 + number).await?;
        // Not all in the same moment.
        let late = PAUSE * u32::try_from(number)? / u32::try_from(WRITERS)?;
        writing.spawn(async move {
            tokio::time::sleep(late).await;
            let until = Instant::now() + WRITING;
            while Instant::now() < until {
                writer.types(block).await?;
                writer.listen(PAUSE).await?;
            }
            anyhow::Ok(())
        });
    }
    let (begun, before) = (Instant::now(), server.processor()?);
    while let Some(done) = writing.join_next().await {
        done??;
    }
    let (elapsed, used) = (begun.elapsed(), server.processor()? - before);
    Ok(u64::try_from(used.as_millis() * 100 / elapsed.as_millis().max(1))?)
}

async fn sign_in(address: SocketAddr, email: &str) -> Result<String> {
    let form = format!(
        "form[email]={}&form[password]={}",
        email.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let mut connection = Connection::open(address).await?;
    let answer = connection.send(&post_form("/api/fn/account/sign-in", &form)).await?;
    let cookies = answer.head.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("set-cookie").then(|| value.trim())
    });
    let mut sessions = cookies.filter(|cookie| cookie.contains("session="));
    let cookie = sessions.next().with_context(|| format!("nobody signed in: {}", answer.head))?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

async fn page(address: SocketAddr, cookie: &str) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    let path = format!("/campaigns/{HOT}/edit");
    let answer = connection.get(&path, &format!("Cookie: {cookie}\r\n")).await?;
    ensure!(answer.status == 200, "the editor answers {}", answer.status);
    Ok(())
}

/// Somebody with the story open.
struct Writer {
    socket: WebSocketStream<TcpStream>,
    document: Document,
    counter: u32,
}

impl Writer {
    async fn open(address: SocketAddr, cookie: &str, client: u64) -> Result<Self> {
        let mut request =
            format!("ws://{address}/campaigns/{HOT}/together").into_client_request()?;
        request.headers_mut().insert("cookie", cookie.parse()?);
        request.headers_mut().insert("origin", format!("http://{address}").parse()?);
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
        let mut writer = Self { socket, document: Document::new(client, client << 32), counter: 0 };
        writer.say(&ToServer::Join(writer.document.state_vector())).await?;
        writer.until(|frame| matches!(frame, ToBrowser::Missing { .. })).await?;
        Ok(writer)
    }

    /// Makes the story as long as one is promised to be.
    async fn fill(&mut self) -> Result<()> {
        let words = "Everything else is thrown away, and this can be mended. ".repeat(4);
        while self.document.order().len() < BLOCKS {
            let last = self.document.order().last().copied();
            self.document.insert(last, &Kind::Text, &words.as_str().into());
            self.send().await?;
            self.until(|frame| matches!(frame, ToBrowser::Saved(_))).await?;
        }
        Ok(())
    }

    async fn types(&mut self, block: BlockId) -> Result<()> {
        self.document.splice(Spot::Block(block), 0, 0, &"x".into());
        // A text has an end, too: what was typed before makes room.
        if self.document.length(Spot::Block(block)) > 4_000 {
            self.document.splice(Spot::Block(block), 1, 2_000, &"".into());
        }
        self.send().await
    }

    async fn send(&mut self) -> Result<()> {
        let update = self.document.take_local().context("something was typed")?;
        self.counter += 1;
        self.say(&ToServer::Update { counter: self.counter, update }).await
    }

    async fn say(&mut self, frame: &ToServer) -> Result<()> {
        Ok(self.socket.send(Message::Binary(frame.encode().into())).await?)
    }

    async fn hear(&mut self) -> Result<ToBrowser> {
        loop {
            let message = self.socket.next().await.context("the line is closed")??;
            let Message::Binary(bytes) = message else { continue };
            let frame = ToBrowser::decode(&bytes).context("a frame")?;
            match &frame {
                ToBrowser::Missing { update, .. } | ToBrowser::Update(update) => {
                    let applied = self.document.apply(update);
                    ensure!(applied.is_ok(), "what the server sends is an update");
                }
                ToBrowser::Refused(why) | ToBrowser::RightsLost(why) => bail!("{}", why.en),
                _ => {}
            }
            return Ok(frame);
        }
    }

    async fn until(&mut self, is_it: impl Fn(&ToBrowser) -> bool) -> Result<()> {
        let heard = async {
            loop {
                if is_it(&self.hear().await?) {
                    return anyhow::Ok(());
                }
            }
        };
        timeout(SOON, heard).await.context("nothing came for ten seconds")?
    }

    /// Takes in what comes within this time.
    async fn listen(&mut self, time: Duration) -> Result<()> {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match timeout(left, self.hear()).await {
                Ok(heard) => _ = heard?,
                Err(_) => break,
            }
        }
        Ok(())
    }
}
