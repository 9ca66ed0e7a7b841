"""`flaunt score`: a file of ballots in, a ranking with how sure it is out."""

from __future__ import annotations

from pathlib import Path

import click

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Method, Terms
from campaign.judging.score_tool.ballots import BallotFile, read_ballots
from campaign.judging.score_tool.complaints import Unusable
from campaign.judging.score_tool.table import as_json, as_table, pieces_told
from campaign.judging.score_tool.weights import weigh

EXPLAINED = """Score a file of ballots; `-` reads from standard input.

\b
The first line names the columns, in any order:
  stars      judge,submission,score  or  judge,submission,score,criterion
  shortlist  judge,submission,vote   (yes, no or maybe)
  duel       judge,winner,loser
  ranking    judge,submission,rank   (1 is best; equal ranks are ties)

Prints rank, submission, score, low, high and ballots, best first. From low to high is a 90 % interval. Equal scores
share a rank, in the order of their names: ties are never broken here. With --cut N, `above` is the probability to
belong to the N best; these sum to N. Scores of stars are any numbers; the result is on the same scale.

Nothing is printed, and the exit status is 2, where a row cannot be read: each is named by line and column. What was
never compared is named beside the result.

\b
Examples:
  flaunt score ballots.csv --method stars
  flaunt score ballots.csv --method stars --weights Light=2,Story=1 --cut 25
  flaunt score duels.csv --method duel --json
"""


@click.command(help=EXPLAINED)
@click.argument("ballots", metavar="BALLOTS.csv", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--method", required=True, type=click.Choice([str(one) for one in METHODS]), help="How they judged.")
@click.option("--weights", metavar="CRITERION=W,…", help="How much each criterion counts; 1 for those not named.")
@click.option("--cut", type=click.IntRange(1), metavar="N", help="Say how likely each belongs to the N best.")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="The same seed, the same result.")
@click.option("--json", "as_objects", is_flag=True, help="Print a list of objects with these keys.")
def score(*, ballots: Path, method: str, weights: str | None, cut: int | None, seed: int, as_objects: bool) -> None:
    way = Method(method)
    if weights is not None and way is not Method.STARS:
        raise Unusable("--weights: only stars have criteria.")
    read = read_ballots(ballots, way)
    outcome = METHODS[way].score(read.sheet, _terms(read, weights, cut), seed=seed, cut=cut)
    told = pieces_told(outcome)
    aside = ", ".join(read.left_aside)
    for note in (f"Not read: column {aside}." if aside else None, told):
        if note:
            click.echo(note, err=True)
    click.echo((as_json if as_objects else as_table)(outcome, with_cut=cut is not None))


def _terms(read: BallotFile, weights: str | None, cut: int | None) -> Terms:
    photos = len(read.sheet.photos)
    if cut is not None and cut > photos:
        raise Unusable(f"--cut {cut}: there are only {photos:,} submissions.")
    return Terms(quorum=1, criteria=weigh(read.criteria, weights) or METHODS[Method.STARS].DEFAULT_CRITERIA)
