using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class EvaluationSettingsTests
{
    [Fact]
    public void One_by_one_varies_one_axis_at_a_time()
    {
        IReadOnlyList<EvaluationBin> bins = Bins("one_by_one");

        bins.Select(bin => (bin.PtLow, bin.AbsEtaHigh, string.Join(' ', bin.DecayModes))).ShouldBe(
        [
            (20, 2.3, "0 1"), (20, 2.3, "0"), (20, 1.2, "0 1"), (20, 2.3, "0 1"), (40, 2.3, "0 1"),
        ], ignoreOrder: true);
    }

    [Fact]
    public void All_combines_every_axis() => Bins("all").Count.ShouldBe(3 * 2 * 2);

    [Fact]
    public void Bins_are_half_open_and_no_decay_mode_means_all()
    {
        var bin = new EvaluationBin(20, 40, 0, 1.2, []);

        bin.Contains(20, -1.19, 11).ShouldBeTrue();
        bin.Contains(40, 0, 11).ShouldBeFalse();
        bin.Contains(30, -1.2, 11).ShouldBeFalse();
        (bin with { DecayModes = [0, 1] }).Contains(30, 0, 11).ShouldBeFalse();
    }

    [Fact]
    public void Unknown_datasets_types_and_doubled_names_are_mistakes_with_the_nearest_name()
    {
        ConfigBlock root = Campaigns.Root("""
            evaluation:
              - { name: a, against: jet, signal: { DYy: [tau] }, background: { QCD: [jets] } }
              - { name: a, against: tau, signal: { DY: [tau] }, background: { QCD: [jet] } }
            """);

        EvaluationSettings.Read(root, root.Block("definitions"), [Campaigns.Dataset("DY"), Campaigns.Dataset("QCD"), Campaigns.Dataset("Gun", 2, DatasetUse.Train)], ClassSettings.Standard);

        string all = string.Join('\n', root.Mistakes.Found);
        all.ShouldContain("'DYy', nearest DY");
        all.ShouldContain("jets");
        all.ShouldContain("a background: e, mu, jet");
        all.ShouldContain("a name that no other pair has");
    }

    private static IReadOnlyList<EvaluationBin> Bins(string combine)
    {
        ConfigBlock root = Campaigns.Root($$"""
            evaluation:
              - name: a
                against: jet
                signal: { DY: [tau] }
                background: { DY: [jet] }
                pt: [[20, 1000], [20, 40], [40 GeV, 1 TeV]]
                abs_eta: [[0, 2.3], [0, 1.2]]
                decay_modes: [[0, 1], [0]]
                combine: {{combine}}
            """);
        EvaluationSettings settings = EvaluationSettings.Read(root, root.Block("definitions"), [Campaigns.Dataset("DY")], ClassSettings.Standard);
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return settings.Pairs.Single().Bins;
    }
}
