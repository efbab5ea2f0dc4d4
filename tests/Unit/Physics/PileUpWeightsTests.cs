using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class PileUpWeightsTests
{
    // Shares of data 0.25, 0.75, 0; of simulation 0.5, 0.3, 0.2.
    private static readonly PileUpProfile Data = Profile("data", [0, 10, 20, 40], [1, 3, 0]);
    private static readonly PileUpProfile Simulation = Profile("simulation", [0, 10, 20, 40], [5, 3, 2]);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(9.99, 0.5)]
    [InlineData(10, 2.5)]
    [InlineData(39, 0)]
    public void A_weight_is_the_share_of_data_over_that_of_simulation(double pileUp, double weight) =>
        new PileUpWeights(Data, Simulation, zeroOutside: false).Of(pileUp).ShouldBe(weight, 1e-15);

    [Fact]
    public void Where_pile_up_is_missing_so_is_the_weight() =>
        new PileUpWeights(Data, Simulation, zeroOutside: false).Of(double.NaN).ShouldBe(double.NaN);

    [Fact]
    public void Weighed_events_of_the_simulation_are_distributed_as_data()
    {
        var weights = new PileUpWeights(Data, Simulation, zeroOutside: false);

        double[] filled = [.. new[] { 5.0, 15, 30 }.Zip(Simulation.Contents, (pileUp, events) => events * weights.Of(pileUp))];

        filled.Select(bin => bin / filled.Sum()).Zip([0.25, 0.75, 0]).ShouldAllBe(bin => Math.Abs(bin.First - bin.Second) < 1e-15);
        filled.Sum().ShouldBe(Simulation.Contents.Sum(), 1e-12);
    }

    // The profile of data has bins of 1 (as pileupCalc's), that of the simulation of 2: neither side need be the finer one.
    [Fact]
    public void The_finer_profile_is_added_up_to_the_bins_of_the_other()
    {
        PileUpProfile fine = Profile("fine", [0, 1, 2, 3, 4], [1, 2, 3, 2]), coarse = Profile("coarse", [0, 2, 4], [1, 1]);

        var up = new PileUpWeights(fine, coarse, zeroOutside: false);
        var down = new PileUpWeights(coarse, fine, zeroOutside: false);

        new[] { 0.5, 1.5, 2, 3.9 }.Select(up.Of).ShouldBe([0.75, 0.75, 1.25, 1.25]);
        new[] { 0.5, 3.9 }.Select(down.Of).ShouldBe([0.5 / 0.375, 0.5 / 0.625]);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(30)] // outside the axis
    [InlineData(15)] // in a bin without simulated events
    public void A_simulated_event_that_the_profile_cannot_have_is_an_error_or_counts_nothing(double pileUp)
    {
        PileUpProfile data = Profile("data", [0, 10, 20, 30], [1, 3, 1]), hole = Profile("hole.root", [0, 10, 20, 30], [5, 0, 2]);

        StepFailed error = Should.Throw<StepFailed>(() => new PileUpWeights(data, hole, zeroOutside: false).Of(pileUp));

        error.Text.Title.ShouldContain("hole.root");
        new PileUpWeights(data, hole, zeroOutside: true).Of(pileUp).ShouldBe(0);
    }

    [Theory]
    [InlineData(new double[] { 0, 0 }, "nothing in its bins")]
    [InlineData(new double[] { 1, -1 }, "no distribution")]
    [InlineData(new[] { 1, double.NaN }, "no distribution")]
    [InlineData(new[] { double.PositiveInfinity, 1 }, "no distribution")]
    public void What_is_no_distribution_is_refused_by_name(double[] contents, string why)
    {
        PileUpProfile wrong = Profile("wrong.root", [0, 10, 20], contents), right = Profile("right.root", [0, 10, 20], [1, 1]);

        Should.Throw<StepFailed>(() => new PileUpWeights(wrong, right, false)).Text.Title.ShouldBe($"wrong.root {Words(why)}");
        Should.Throw<StepFailed>(() => new PileUpWeights(right, wrong, false)).Text.Title.ShouldStartWith("wrong.root");

        static string Words(string why) => why == "no distribution" ? "is no distribution of pile-up" : "has nothing in its bins";
    }

    [Fact]
    public void Edges_that_do_not_meet_are_refused()
    {
        PileUpProfile other = Profile("other", [0, 15, 40], [1, 1]);

        Should.Throw<Misuse>(() => new PileUpWeights(Data, other, zeroOutside: false)).Message.ShouldContain("15");
    }

    private static PileUpProfile Profile(string name, double[] edges, double[] contents) => new(name, new BinEdges(edges), contents);
}
