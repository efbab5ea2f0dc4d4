using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class ProcessNormalisationTests
{
    [Fact]
    public void A_picobarn_gives_a_thousand_events_in_an_inverse_femtobarn()
    {
        var top = new ProcessNormalisation(831.76, 2.3, 0.5);

        top.ExpectedEvents.ShouldBe(956524, 1e-6);
        // 956,524 events expected of 10,000 generated ones of weight 1.
        top.Weight(1, 10_000).ShouldBe(95.6524, 1e-10);
    }

    [Fact]
    public void Weighted_events_sum_to_what_is_expected_and_negative_ones_take_away()
    {
        double[] weights = [2.5, 2.5, -2.5, 2.5, 2.5, -2.5];
        var process = new ProcessNormalisation(10, 0.1);

        double[] scaled = [.. weights.Select(weight => process.Weight(weight, weights.Sum()))];

        scaled.Sum().ShouldBe(1000, 1e-9);
        scaled[2].ShouldBe(-500, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    public void Without_a_sum_above_0_there_is_nothing_to_scale_by(double sum) =>
        Should.Throw<StepFailed>(() => new ProcessNormalisation(1, 1).Weight(1, sum)).Text.Title.ShouldContain("sum to nothing");

    [Fact]
    public void Events_are_counted_once_however_many_candidates_they_have_and_however_entries_are_cut()
    {
        // Three candidates of event 1, one of event 2, two of event 1 of another section.
        Batch entries = Entries([1, 1, 1, 2, 1, 1], [7, 7, 7, 7, 8, 8], [2f, 2f, 2f, -1f, 0.5f, 0.5f]);
        var whole = new EventTally(new TauTupleLayout());
        var cut = new EventTally(new TauTupleLayout());

        whole.Add(entries);
        for (int row = 0; row < entries.Rows; row++) cut.Add(entries.Take([row]));

        (whole.Events, whole.SumOfWeights, whole.CommonWeight).ShouldBe((3, 1.5, null));
        (cut.Events, cut.SumOfWeights).ShouldBe((3, 1.5));
    }

    [Fact]
    public void Events_without_weights_weigh_1()
    {
        var tally = new EventTally(new TauTupleLayout());

        tally.Add(Entries([1, 2], [1, 1], [3f, 3f]).Only(["run", "lumi", "evt"]));

        (tally.Events, tally.SumOfWeights, tally.CommonWeight).ShouldBe((2, 2.0, 1.0));
    }

    [Fact]
    public void Entries_of_two_files_are_different_events_under_numbers_that_do_not_depend_on_the_machine()
    {
        var rows = new Batch([new Column<float>("Tau_pt", new[] { 1f, 2f })]);
        IReadOnlyList<string> columns = new NanoAodLayout().Identity;

        Batch first = new EntryIdentity(columns, "ttbar/a.root").In(rows, 5),
            second = new EntryIdentity(columns, "ttbar/b.root").In(rows, 5);

        first.Flat<ulong>("event").ToArray().ShouldBe([5ul, 6ul]);
        // printf ttbar/a.root | sha256sum, the first 16 digits.
        first.Flat<uint>("run")[0].ShouldBe(0x53ba0b59u);
        first.Flat<uint>("luminosityBlock")[1].ShouldBe(0xc99676b1u);
        second.Flat<uint>("run")[0].ShouldNotBe(first.Flat<uint>("run")[0]);
    }

    private static Batch Entries(ulong[] events, uint[] lumis, float[] weights) => new(
    [
        new Column<uint>("run", new uint[events.Length]),
        new Column<uint>("lumi", lumis),
        new Column<ulong>("evt", events),
        new Column<float>("genEventWeight", weights),
    ]);
}
