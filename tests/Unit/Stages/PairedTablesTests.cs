using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Plotting;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class PairedTablesTests
{
    // Areas that both swing by 0.1 from replica to replica, and differ by 0.02 and 0.04 in turn.
    [Fact]
    public void What_discriminators_share_cancels()
    {
        RocEntry net = Curve("net", 0.93, "rows", 0.82, 0.94, 0.82, 0.94), old = Curve("old", 0.90, "rows", 0.80, 0.90, 0.80, 0.90);

        var table = (ReportTable)PairedTables.Of(new Performance("p") { RocCurve = [net, old] }).Single();

        // the standard deviation of .02 .04 .02 .04 is 0.01 sqrt(4/3)
        table.Rows.Single().ShouldBe(["pair", "net", "old", "+0.03000 ± 0.01155", "+2.6"]);
    }

    [Fact]
    public void Curves_of_other_or_of_few_rows_are_not_compared()
    {
        RocEntry net = Curve("net", 0.93, "rows", 0.8, 0.9), other = Curve("old", 0.9, "other rows", 0.8, 0.9);

        PairedTables.Of(new Performance("p") { RocCurve = [net, other] }).ShouldBeEmpty();
        PairedTables.Of(new Performance("p") { RocCurve = [net, net with { Signal = 99 }] }).ShouldBeEmpty();
    }

    private static RocEntry Curve(string name, double area, string sample, params double[] replicas) =>
        new(name, name, "pair", "jet", new BinEntry(20, 40, 0, 2.3, []))
        {
            SignalTitle = "taus",
            BackgroundTitle = "jets",
            Signal = 100,
            Background = 100,
            Denominator = ShareDefinition.Plain("test rows", "none"),
            AucScore = area,
            Replicas = new ReplicaEntry(sample, [.. replicas.Select(one => (double?)one)], []),
        };
}
