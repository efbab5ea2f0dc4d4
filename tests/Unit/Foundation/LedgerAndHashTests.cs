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
        ledger.In("tau", 6, 6);
        ledger.In("jet", 4, 4);
        ledger.Repeated("oversampled", "tau", 2, 2);
        ledger.Dropped("pt below 20 GeV", "jet", 3, 3);
        ledger.Out("tau", 8, 8);
        ledger.Gaps.ShouldBe([new LedgerGap("jet", 1, 1)]);

        ledger.Out("jet", 1, 1);

        ledger.Closes.ShouldBeTrue();
        ledger.Lines[0].ShouldBe(new LedgerLine(RowFate.In, "", "jet", 4, 4));
    }

    [Fact]
    public void A_row_that_goes_over_to_another_class_opens_both()
    {
        var ledger = new RowLedger();
        ledger.In("tau", 3, 3);
        ledger.In("jet", 3, 3);
        ledger.Out("tau", 2, 2);
        ledger.Out("jet", 4, 4);

        ledger.Gaps.ShouldBe([new LedgerGap("jet", -1, -1), new LedgerGap("tau", 1, 1)]);
    }

    // As many rows of either sign: the sums are 0, and a row of one sign for one of the other is still seen.
    [Fact]
    public void Weights_close_as_rows_do_also_when_they_are_negative()
    {
        var ledger = new RowLedger();
        ledger.In("tau", 2, 0);
        ledger.In("", 1, double.NaN);
        ledger.Dropped("no truth", "", 1, double.NaN);
        ledger.Out("tau", 1, -1);
        ledger.Dropped("pt below 20 GeV", "tau", 1, -1);

        ledger.Gaps.ShouldBe([new LedgerGap("tau", 0, 2)]);
    }

    [Fact]
    public void Rounding_of_a_hundred_thousand_weights_in_another_order_opens_nothing_and_a_millionth_of_one_does()
    {
        var ledger = new RowLedger();
        for (int i = 0; i < 100_000; i++) ledger.In("tau", 1, Weight(i));
        for (int i = 100_000 - 1; i >= 0; i--)
            if (i % 3 == 0) ledger.Out("tau", 1, Weight(i));
            else ledger.Dropped($"reason {i % 3}", "tau", 1, Weight(i));
        ledger.Closes.ShouldBeTrue();

        ledger.Out("tau", 0, 1e-6);

        ledger.Closes.ShouldBeFalse();

        static double Weight(int i) => (i % 7 == 0 ? -0.1f : 0.7f) * (1 + i % 1000 / 997f);
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
