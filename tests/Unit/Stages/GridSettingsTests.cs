using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class GridSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private const string Whole = """
        definitions:
          groups:
            GridGlobal: { features: [rho] }
            PfCand_gamma: { constituents: pfCand, when: pfCand_particleType == 4, require: "pfCand_particleType in {1, 4}" }
            Electron: { constituents: ele }
          features:
            tau_pt: {}
            rho: {}
            pv_t: { group: GridGlobal }
            gamma_pt: { group: PfCand_gamma, value: pfCand_pt / tau_pt }
            gamma_dz: { group: PfCand_gamma, value: pfCand_dz, when: isfinite(pfCand_dz) }
            ele_mass: { group: Electron }
            muon_pt: { constituents: muon }
          grids:
            inner: { cells: 11, size: 0.02, cone: inner }
            outer: { cells: [21, 25], size: 0.05, cone: outer, without_inner: yes }
          components:
            egamma: [GridGlobal, PfCand_gamma, Electron]
            muon: [GridGlobal, muon]
        """;

    [Fact]
    public void Groups_say_once_what_their_features_share_and_components_what_stands_in_a_cell()
    {
        ConfigBlock root = Campaigns.Root(Whole);

        FeatureSettings features = Read(root);

        Campaigns.MistakesOf(root).ShouldBeEmpty();
        features.Inputs.Select(one => one.Name).ShouldBe(["tau_pt", "rho"]);
        GridLayout grids = features.Grids!;
        grids.Locations.ShouldBe([
            new GridLocation("inner", new EtaPhiGrid(11, 11, 0.02), ConstituentCone.Inner),
            new GridLocation("outer", new EtaPhiGrid(21, 25, 0.05), ConstituentCone.Outer, true),
        ]);
        grids.Components.Select(one => string.Join(' ', one.Features.Select(feature => feature.Name)))
            .ShouldBe(["rho pv_t gamma_pt gamma_dz ele_mass", "rho pv_t muon_pt"]);
        grids.Objects.Select(one => (one.Name, one.Constituents, one.When?.Text, one.Require?.Text)).ShouldBe([
            ("PfCand_gamma", "pfCand", "pfCand_particleType == 4", "pfCand_particleType in {1, 4}"), ("Electron", "ele", null, null),
            ("muon", "muon", null, null),
        ]);
        features.Features.Single(one => one.Name == "gamma_pt").When!.Text.ShouldBe("pfCand_particleType == 4");
        Feature dz = features.Features.Single(one => one.Name == "gamma_dz");
        (dz.When!.Text, dz.Constituents, dz.ByCone).ShouldBe(("(pfCand_particleType == 4) and (isfinite(pfCand_dz))", "pfCand", true));
        features.Columns.ShouldBe(
            [
                "tau_pt", "rho", "pv_t", "pfCand_pt", "pfCand_particleType", "pfCand_eta", "pfCand_phi", "tau_eta", "tau_phi", "pfCand_dz",
                "ele_mass", "ele_eta", "ele_phi", "muon_pt", "muon_eta", "muon_phi", "ele_pt",
            ], ignoreOrder: true);
        features.InputColumns.ShouldBe(["tau_pt", "rho"]);
    }

    [Fact]
    public void A_feature_left_out_leaves_its_column_out_of_groups_too()
    {
        ConfigBlock root = Campaigns.Root(Whole + "\ntrain: { without: [rho, gamma_dz] }");

        FeatureSettings features = Read(root);

        Campaigns.MistakesOf(root).ShouldBeEmpty();
        features.Grids!.Components[0].Features.Select(one => one.Name).ShouldBe(["pv_t", "gamma_pt", "ele_mass"]);
    }

    [Theory]
    [InlineData("components.egamma: [PfCand_gama]", "'PfCand_gama', nearest PfCand_gamma")]
    [InlineData("components.muon: [PfCand_gamma, muon]", "'PfCand_gamma', which is in 'egamma' too")]
    [InlineData("components.egamma: [Electron, Electron]", "'Electron' twice")]
    [InlineData("components.egamma: [GridGlobal]", "none")]
    [InlineData("grids.inner.cells: 0", "0")]
    [InlineData("grids.inner.cells: [11, 11, 11]", "3")]
    [InlineData("grids.inner.size: 0", "0")]
    [InlineData("grids.inner.cone: middle", "middle")]
    [InlineData("grids.inner.without_inner: yes", "inner")]
    [InlineData("+grids.in_ner: { cells: 11, size: 0.02, cone: inner }", "in_ner")]
    [InlineData("groups.GridGlobal.features: [rhoo]", "'rhoo', nearest rho")]
    [InlineData("groups.GridGlobal.features: [gamma_pt]", "'gamma_pt'")]
    [InlineData("groups.GridGlobal.when: rho > 1", "none")]
    [InlineData("features.ele_mass.constituents: muon", "'muon'")]
    public void What_is_wrong_is_told_where_it_stands(string change, string found)
    {
        (string path, string value) = (change.Split(": ", 2)[0], change.Split(": ", 2)[1]);
        CampaignFile campaign = With($"{path}={value}");

        Read(campaign.Root);

        string told = string.Concat(campaign.Mistakes.Found.Select(one => $"{one}\n"));
        told.ShouldContain($"definitions.{path.TrimStart('+')}'");
        told.ShouldContain(found);
    }

    [Fact]
    public void Places_are_those_of_the_file()
    {
        ConfigBlock root = Campaigns.Root(Whole.Replace("PfCand_gamma, Electron]", "PfCand_gama, Electron]", StringComparison.Ordinal));

        Read(root);

        Campaigns.MistakesOf(root).ShouldHaveSingleItem().ShouldContain(":18: 'definitions.components.egamma'");
    }

    [Theory]
    [InlineData("definitions: { features: { tau_pt: {}, a: { constituents: ele } }, components: { one: [ele] } }", "grids")]
    [InlineData("definitions: { features: { tau_pt: {}, a: { constituents: ele } }, grids: { one: { cells: 3, size: 1, cone: inner } } }",
        "components")]
    [InlineData(
        "definitions: { features: { tau_pt: {}, a: { constituents: ele, group: g }, b: { constituents: mu, group: g } }, components: { c: [g] },"
        + " grids: { one: { cells: 3, size: 1, cone: inner } } }", "features")]
    public void Grids_and_components_come_together_and_a_group_is_of_one_kind(string yaml, string key)
    {
        ConfigBlock root = Campaigns.Root(yaml);

        Read(root);

        Campaigns.MistakesOf(root).ShouldHaveSingleItem().ShouldContain($"'definitions.{key}'");
    }

    // What fills cells counts for those who fill them, and for nobody who makes rows or constants.
    [Theory]
    [InlineData("grids.inner.size=0.03", false)]
    [InlineData("components.egamma=[PfCand_gamma, Electron]", false)]
    [InlineData("groups.Electron.when=ele_pt > 5", true)]
    public void Each_key_counts_where_it_changes_something(string set, bool isOfFeatures)
    {
        FeatureSettings before = Read(Campaigns.Root(Whole)), after = Read(With(set).Root);

        (after.Used.Hash() != before.Used.Hash()).ShouldBe(isOfFeatures);
        (after.GridsUsed.Hash() != before.GridsUsed.Hash()).ShouldBe(!isOfFeatures);
    }

    public void Dispose() => _folder.Dispose();

    private CampaignFile With(string set)
    {
        string path = _folder.At("c.yaml");
        File.WriteAllText(path, Whole);
        return CampaignFile.Load(path, [set[0] == '+' ? $"+definitions.{set[1..]}" : $"definitions.{set}"], []);
    }

    private static FeatureSettings Read(ConfigBlock root) => FeatureSettings.Read(root.Block("definitions"), root.Block("train"));
}
