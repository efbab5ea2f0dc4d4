using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
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

        EvaluationSettings.Read(
            root,
            root.Block("definitions"),
            [Campaigns.Dataset("DY"), Campaigns.Dataset("QCD"), Campaigns.Dataset("Gun", 2, DatasetUse.Train)],
            ClassSettings.Standard);

        string all = string.Join('\n', root.Mistakes.Found);
        all.ShouldContain("'DYy', nearest DY");
        all.ShouldContain("jets");
        all.ShouldContain("a background: e, mu, jet");
        all.ShouldContain("a name that no other pair has");
    }

    // The report that said "34 genuine taus and 167 jets" of a sample that was all electrons.
    [Theory]
    [InlineData("DY: [tau]", "DY: [e]", "jet, which the pair is against")]
    [InlineData("DY: [jet]", "DY: [jet]", "signals, or classes that are not trained")]
    [InlineData("Sim: [emb_tau]", "DY: [jet]", "classes that Sim can have: e, mu, tau, jet")]
    [InlineData("Sim: [data]", "DY: [jet]", "classes that Sim can have: e, mu, tau, jet")]
    public void Classes_that_contradict_the_pair_or_that_a_dataset_cannot_have_are_mistakes(
        string signal,
        string background,
        string expected)
    {
        ConfigBlock root = Campaigns.Root($$"""
            evaluation: [{ name: a, against: jet, signal: { {{signal}} }, background: { {{background}} } }]
            """);
        Dataset simulated = Campaigns.Dataset("Sim") with { Generated = new GeneratedDataset("DYToLL_M50", 1, 10, "here") };

        EvaluationSettings.Read(root, root.Block("definitions"), [Campaigns.Dataset("DY"), simulated], ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(expected);
    }

    [Fact]
    public void What_is_shown_must_name_columns_of_the_candidates_and_all_mistakes_come_before_any_work()
    {
        CampaignFile campaign = CampaignFile.Load(Checkout.At("configs", "smoke.yaml"),
            ["+definitions.weight=wieght * 2", "+working_points.selection=tau_ptt > 30", "working_points.require.jet=VVTight"], []);

        StageCatalogue.Compose(campaign);

        string all = string.Join('\n', campaign.Mistakes.Found);
        all.ShouldContain("wieght");
        all.ShouldContain("tau_ptt");
        all.ShouldContain("VVTight against jet is required");
    }

    [Fact]
    public void Labels_come_from_the_classes_selected()
    {
        ConfigBlock root = Campaigns.Root("""
            evaluation: [{ name: a, against: e, signal: { DY: [tau], Emb: [emb_tau] }, background: { DY: [e], Data: [data] } }]
            """);

        EvaluationPair pair = EvaluationSettings.Read(root, root.Block("definitions"),
            [Campaigns.Dataset("DY"), Campaigns.Dataset("Emb"), Campaigns.Dataset("Data")], ClassSettings.Standard).Pairs.Single();

        Campaigns.MistakesOf(root).ShouldBeEmpty();
        (pair.SignalTitle, pair.BackgroundTitle).ShouldBe(("genuine taus and embedded taus", "electrons and data"));
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
        EvaluationSettings settings = EvaluationSettings.Read(
            root,
            root.Block("definitions"),
            [Campaigns.Dataset("DY")],
            ClassSettings.Standard);
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return settings.Pairs.Single().Bins;
    }
}
