"""Small files of ballots, and `flaunt score` run on them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner, Result

from campaign.judging.score_tool.command import score

STARS = "judge,submission,score\nann,a,4\nann,b,2\nann,c,3\nbea,a,5\nbea,b,3\nbea,c,4\n"
CRITERIA = "judge,submission,score,criterion\nann,a,4,Light\nann,a,1,Story\nann,b,2,Light\nann,b,5,Story\n"
FILES = {
    "stars": STARS,
    "shortlist": "judge,submission,vote\nann,a,yes\nann,b,no\nann,c,Maybe\nbea,a,yes\nbea,b,no\n",
    "duel": "judge,winner,loser\nann,a,b\nann,a,c\nbea,c,b\nbea,a,b\n",
    "ranking": "judge,submission,rank\nann,a,1\nann,c,2\nann,b,3\nbea,a,1\nbea,b,2\n",
}


def run_score(text: str | bytes, *options: str, method: str = "stars") -> Result:
    """The command on a file with this text."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "ballots.csv")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return CliRunner().invoke(score, [str(path), "--method", method, *options])
