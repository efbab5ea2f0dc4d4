using Shouldly;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Foundation;

public sealed class LedgerAndHashTests
{
    [Fact]
    public void A_ledger_closes_only_when_every_row_is_accounted_for()
    {
        var ledger = new RowLedger();
        ledger.In("", 10);
        ledger.Repeated("oversampled", "tau", 2);
        ledger.Dropped("pt below 20 GeV", "jet", 3);
        ledger.Out("tau", 8);
        ledger.Closes.ShouldBeFalse();

        ledger.Out("jet", 1);

        ledger.Closes.ShouldBeTrue();
        ledger.Lines[0].ShouldBe(new LedgerLine(RowFate.In, "", "", 10, 10));
    }

    [Fact]
    public void A_column_hash_does_not_depend_on_how_the_column_was_cut()
    {
        using var whole = new ColumnHash("x", "float32[]");
        using var pieces = new ColumnHash("x", "float32[]");
        using var other = new ColumnHash("x", "float32[]");
        whole.Append<float>([2, 1], [1, 2, 3]);
        pieces.Append<float>([2], [1, 2]);
        pieces.Append<float>([1], [3]);
        other.Append<float>([1, 2], [1, 2, 3]);

        ContentHash hash = whole.Finish();

        pieces.Finish().ShouldBe(hash);
        other.Finish().ShouldNotBe(hash);
    }

    [Fact]
    public void The_nearest_names_come_first() =>
        ErrorText.Nearest("abs_etas", ["pt", "phi", "abs_eta"], 1).ShouldBe("abs_eta");

    [Fact]
    public void Facts_are_aligned_under_the_title() =>
        new ErrorText("title", [("a", "1"), ("label", "2")], "advice").ToString().ShouldBe("title\n  a      1\n  label  2\n  advice");
}
