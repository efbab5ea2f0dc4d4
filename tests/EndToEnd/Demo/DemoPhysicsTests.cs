using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Whether the demo is sensible: what a physicist would check before believing any number. Trains nine networks.</summary>
[Collection(SmokeBuild.Name)]
public sealed class DemoPhysicsTests
{
    private const double Efficiency = 0.7;
    private const int Replicas = 200;

    private static readonly string[] Isolation =
    [
        "log_charged_iso",
        "log_charged_iso_03",
        "log_neutral_iso",
        "log_neutral_iso_03",
        "log_photon_outside",
        "pu_correction",
    ];
    private static readonly string[] Sums =
    [
        "sum_charged_signal",
        "sum_photon_signal",
        "sum_neutral_signal",
        "sum_charged_ring",
        "sum_photon_ring",
        "n_charged",
        "width",
        "lead_fraction",
        "dr_iso",
    ];

    private static readonly (string Name, string[] Features)[] Removals =
    [
        ("isolation", Isolation), ("constituents", Sums),
        ("impact parameters", ["dxy", "dxy_significance", "ip3d", "ip3d_significance", "dz", "dz_significance"]),
        ("flight", ["has_flight", "flight_significance", "gj_angle"]),
        ("strips", ["strip_deta", "strip_dphi", "dr_signal", "n_photons"]),
        (
            "leptons",
            ["electron_fraction", "electron_e_over_p", "electron_h_over_e", "muon_fraction", "muon_matches", "e_ratio", "em_fraction"]),
    ];

    [LongFact]
    public void The_demo_is_sensible()
    {
        using var folder = new TempFolder();
        string home = Path.Combine(folder.Path, "demo");
        ScoredDemo demo = Run(home);
        bool[] isTau = demo.IsTau;

        RocCurve network = RocCurve.From(isTau, demo.Network)!, isolation = RocCurve.From(isTau, demo.Isolation)!;
        network.FalsePositiveRateAt(Efficiency).ShouldBeInRange(0.001, 0.05);
        network.FalsePositiveRateAt(Efficiency).ShouldBeLessThan(0.5 * isolation.FalsePositiveRateAt(Efficiency));

        Significance(Run(home, Without([.. Isolation, .. Sums])))
            .ShouldBeGreaterThan(3, "removing isolation and the constituents' sums must hurt");
        foreach ((string name, string[] features) in Removals)
            Significance(Run(home, Without(features))).ShouldBeGreaterThan(-2, $"removing {name} must not help");

        // Positive when the variant lets more jets through.
        double Significance(ScoredDemo variant) => new PairedBootstrap(isTau, demo.Network, variant.Network)
            .Compare(RocMeasure.FalsePositiveRateAt(Efficiency), Replicas, CounterRandom.Key(1, "demo"))!.Value.Significance ?? 0;
    }

    // Classes dealt out at random, in training and in the test alike: a network that has seen a test row's class would show.
    [LongFact]
    public void Shuffled_labels_give_the_diagonal()
    {
        using var folder = new TempFolder();
        ScoredDemo demo = Run(Path.Combine(folder.Path, "demo"), "--set=train.labels=shuffled");
        bool[] isTau = demo.IsTau;
        var random = new CounterRandom(CounterRandom.Key(1, "labels"), 0);
        for (int i = isTau.Length - 1; i > 0; i--)
        {
            int other = random.NextInt(i + 1);
            (isTau[i], isTau[other]) = (isTau[other], isTau[i]);
        }

        AreaUnderCurve area = RocCurve.From(isTau, demo.Network)!.Area;

        area.Value.ShouldBe(0.5, 3 * area.Error!.Value);
    }

    private static string Without(string[] features) => $"--set=train.without=[{string.Join(", ", features)}]";

    private static ScoredDemo Run(string home, params string[] more)
    {
        using ProgramRun run = ProgramRun.Host(["--target=Apply", $"--out={home}", .. more]);
        run.ExitCode.ShouldBe(0, run.Error);
        return new ScoredDemo(home);
    }
}
