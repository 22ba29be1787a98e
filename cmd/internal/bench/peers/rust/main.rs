// The aho-corasick crate, leftmost-longest, over bytes: without word borders.
use aho_corasick::{AhoCorasick, MatchKind};
use std::{env, fs, time::Instant};

fn main() {
    let args: Vec<String> = env::args().collect();
    let began = Instant::now();
    let names = fs::read_to_string(&args[1]).expect("names");
    let text = fs::read_to_string(&args[2]).expect("text");
    let runs: usize = args[3].parse().expect("runs");
    let limit: f64 = args[4].parse().expect("limit");
    let texts: Vec<&str> = text.split_terminator("\x0c\n").collect();

    let start = Instant::now();
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(names.lines())
        .expect("automaton");
    let loaded = start.elapsed().as_secs_f64();

    let (mut seconds, mut matches) = (Vec::new(), 0);
    for _ in 0..runs {
        let start = Instant::now();
        matches = texts.iter().map(|t| finder.find_iter(t).count()).sum::<usize>();
        let took = start.elapsed().as_secs_f64();
        seconds.push(took);
        if began.elapsed().as_secs_f64() + took > limit {
            break;
        }
    }
    println!(
        "{{\"version\":\"aho-corasick {}\",\"load_s\":{},\"seconds\":{:?},\"matches\":{}}}",
        version(), loaded, seconds, matches
    );
}

// The version that Cargo chose, from the lock file it wrote before the build.
fn version() -> &'static str {
    let lock = include_str!("Cargo.lock");
    let rest = lock.split("name = \"aho-corasick\"\nversion = \"").nth(1).unwrap_or("?");
    rest.split('"').next().unwrap_or("?")
}
