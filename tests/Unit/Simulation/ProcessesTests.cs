using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

public class ProcessesTests
{
    private static readonly double[] PtEdges = [20, 30, 40, 60, 100, 200, 1000], AbsEtaEdges = [0, 1.2, 2.3];

    [Fact]
    public void An_unknown_process_names_the_nearest() =>
        Should.Throw<Misuse>(() => Processes.ByName("DYToLL_M5"))
            .Text.Facts.ShouldContain(fact => fact.Label == "nearest" && fact.Value.StartsWith("DYToLL_M50"));

    [Fact]
    public void Settings_out_of_range_are_misuse() => Should.Throw<Misuse>(() => new SimulationSettings { UnmatchedFraction = 1.5 });

    [Fact]
    public void Numbers_and_names_are_unique()
    {
        Processes.All.Select(process => process.Number).Distinct().Count().ShouldBe(Processes.All.Count);
        Processes.All.Select(process => process.Name).Distinct().Count().ShouldBe(Processes.All.Count);
    }

    // A fifth of the demo's 100,000 candidates, with the demo's bins.
    [Fact]
    public void The_demo_has_no_empty_cell()
    {
        List<SimulatedRow> rows = [];
        foreach (
            (string name, int events) in new[]
            {
                ("DYToLL_M50", 2000),
                ("TTToSemiLeptonic", 700),
                ("WJetsToLNu", 1000),
                ("QCD_Pt15to1000", 3500),
                ("TauGun", 2500),
                ("EGun", 1000),
                ("MuGun", 1000),
            })
            rows.AddRange(SimulatedRow.Of(name, events));

        foreach (int type in new[] { 0, 1, 2, 3 })
            for (int pt = 0; pt + 1 < PtEdges.Length; pt++)
                for (int eta = 0; eta + 1 < AbsEtaEdges.Length; eta++)
                    rows.Count(row =>
                            row.HasTau && TypeOf(row) == type && IsIn(row.Pt, PtEdges, pt) && IsIn(Math.Abs(row.Eta), AbsEtaEdges, eta))
                        .ShouldBeGreaterThan(0, $"type {type} pt {PtEdges[pt]} eta {AbsEtaEdges[eta]}");
    }

    private static int TypeOf(SimulatedRow row) => row.LeptonIndex < 0 ? 3 : row.Kind switch { 1 or 3 => 0, 2 or 4 => 1, _ => 2 };

    private static bool IsIn(double value, double[] edges, int bin) => value >= edges[bin] && value < edges[bin + 1];
}
