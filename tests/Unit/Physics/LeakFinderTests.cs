using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class LeakFinderTests
{
    private static readonly (string Name, string Events)[] Apart = [("DY", "a"), ("TT", "b")],
        Together = [("DY", "same"), ("skim", "same")];

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(100)] // as many passes as keys
    public void A_planted_leak_is_found(long memory) =>
        Find(memory, Apart, ("train", 0, Events(1, 2, 3)), ("validation", 0, Events(4, 5)), ("test", 0, Events(6, 2, 7)))
            .ShouldBe([new Leak("train", "DY", "test", "DY", 1, 1, 2)]);

    [Fact]
    public void Within_a_dataset_an_event_is_a_leak_whatever_its_candidates() =>
        Find(1 << 20, Apart, ("train", 0, SampleRows.Identified((7, 0))), ("test", 0, SampleRows.Identified(1, (7, 3))))
            .ShouldBe([new Leak("train", "DY", "test", "DY", 1, 1, 7)]);

    [Fact]
    public void Datasets_that_hold_the_same_events_share_an_event_whatever_its_candidates() =>
        Find(1 << 20, Together, ("train", 0, SampleRows.Identified((7, 0))), ("test", 1, SampleRows.Identified(1, (7, 3))))
            .ShouldBe([new Leak("train", "DY", "test", "skim", 1, 1, 7)]);

    [Fact]
    public void The_same_candidate_is_a_leak_in_any_dataset_and_at_any_place_of_its_event()
    {
        Batch other = SampleRows.Identified((7, 0)).With(new Column<int>(CandidateColumns.TauIndex, new[] { 4 }));

        Find(1 << 20, Apart, ("train", 0, SampleRows.Identified((7, 0), (8, 0))), ("test", 1, other))
            .ShouldBe([new Leak("train", "DY", "test", "TT", 1, 1, 7)]);
    }

    [Fact]
    public void Simulated_samples_that_count_events_from_1_are_no_leak()
    {
        (ulong, int)[] events = [.. Enumerable.Range(1, 1000).Select(evt => ((ulong)evt, 0))];

        Find(1 << 20, Apart, ("train", 0, SampleRows.Identified(events)), ("test", 1, SampleRows.Identified(1, events))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CandidateColumns.Pt)]
    [InlineData(CandidateColumns.Eta)]
    [InlineData(CandidateColumns.Phi)]
    [InlineData(CandidateColumns.DecayMode)]
    [InlineData("tau_charge")]
    public void Candidates_of_other_datasets_that_differ_in_one_value_are_two(string column)
    {
        Batch one = SampleRows.Identified((7, 0));
        Column other = one[column] switch
        {
            Column<float> values => new Column<float>(column, new[] { MathF.BitIncrement(values.Values[0]) }),
            Column<int> values => new Column<int>(column, new[] { values.Values[0] + 1 }),
            _ => new Column<short>(column, new short[] { -1 }),
        };

        Find(1 << 20, Apart, ("train", 0, one), ("test", 1, one.With(other))).ShouldBeEmpty();
        Find(1 << 20, Apart, ("train", 0, one), ("test", 1, one)).Count.ShouldBe(1);
    }

    [Fact]
    public void What_comes_again_in_the_same_part_is_no_leak() =>
        Find(1 << 20, Apart, ("train", 0, Events(1, 1, 2)), ("train", 1, Events(2, 3)), ("test", 0, Events(4, 4))).ShouldBeEmpty();

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(4000)]
    public void Those_of_the_lowest_events_are_listed_and_no_more_than_anyone_reads(long memory)
    {
        ulong[] events = [.. Enumerable.Range(0, 100).Select(i => (ulong)(i * 37 % 100))];

        Find(memory, Apart, ("train", 0, Events(events)), ("test", 1, Events(events)))
            .Select(leak => leak.Evt)
            .ShouldBe(Enumerable.Range(0, 20).Select(i => (ulong)i));
    }

    // Ten times the rows is ten times the passes: what one pass holds stays the same.
    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        PassesFor(2000).ShouldBeInRange(10 * PassesFor(200) - 10, 10 * PassesFor(200));

        static int PassesFor(int rows)
        {
            int passes = 0;
            var finder = new LeakFinder(10_000, Apart);
            finder.Add("train", rows, () =>
            {
                passes++;
                return [(Events([.. Enumerable.Range(0, rows).Select(i => (ulong)i)]), 0)];
            });
            finder.Find(CancellationToken.None).ShouldBeEmpty();
            return passes;
        }
    }

    // Every pair of rows is compared in words of the rule.
    [Fact]
    public void In_1000_random_splits_the_events_found_are_those_of_all_pairs()
    {
        (string Name, string Events)[] datasets = [("a", "1"), ("b", "1"), ("c", "2"), ("d", "3")];
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var random = new CounterRandom(seed, 1);
            (string Part, int Dataset, int Sample, ulong Evt, int Tau)[] rows =
                [
                    .. Enumerable.Range(0, 12)
                        .Select(_ =>
                            ($"part{random.NextInt(3)}", random.NextInt(4), random.NextInt(3), (ulong)random.NextInt(15), random.NextInt(2))
                        ),
                ];
            ulong[] expected =
            [
                .. from one in rows
                   from other in rows
                   where one.Part != other.Part && one.Evt == other.Evt
                       && (datasets[one.Dataset].Events == datasets[other.Dataset].Events
                           || (one.Sample, one.Tau) == (other.Sample, other.Tau))
                   select one.Evt,
            ];

            IReadOnlyList<Leak> found = Find(
                random.NextInt(3) * 1000 + 100,
                datasets,
                [.. rows.Select(row => (row.Part, row.Dataset, SampleRows.Identified(row.Sample, (row.Evt, row.Tau))))]);

            found.Select(leak => leak.Evt).Distinct().ShouldBe(expected.Distinct().Order(), $"seed {seed}");
        }
    }

    private static Batch Events(params ulong[] events) => SampleRows.OfEvents(events);

    private static IReadOnlyList<Leak> Find(long memory, (string, string)[] datasets, params (string Part, int Dataset, Batch Rows)[] rows)
    {
        var finder = new LeakFinder(memory, datasets, "tau_charge");
        foreach (IGrouping<string, (string Part, int Dataset, Batch Rows)> part in rows.GroupBy(row => row.Part))
            finder.Add(part.Key, part.Sum(row => row.Rows.Rows), () => part.Select(row => (row.Rows, (int?)row.Dataset)));
        return finder.Find(CancellationToken.None);
    }
}
