using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Simulation;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>configs/cms-deeptau.yaml: against the specification's tables, and on simulated candidates against plain loops.</summary>
public sealed class DeepTauCampaignTests
{
    private static readonly Lazy<Batch> Taus = new(() => Simulated());

    [Fact]
    public void It_composes_without_a_mistake_and_generated_tuples_have_all_that_it_names()
    {
        CampaignFile campaign = Load();

        IReadOnlyList<IStage> stages = StageCatalogue.Compose(campaign);
        campaign.Finish();

        stages.Select(stage => stage.Name).ShouldContain("Train");
    }

    // Which cells are filled with what decides model and scores, and no constant of scaling; a flat network sees none of it.
    [Theory]
    [InlineData("definitions.grids.outer.size=0.04")]
    [InlineData("definitions.grids.outer.without_inner=yes")]
    [InlineData("definitions.components.muon=[GridGlobal, PfCand_muon]")]
    public void Another_grid_is_another_training_and_other_scores_of_a_network_that_has_grids(string set)
    {
        Changed([], [set]).ShouldBe(["Train", "Apply"]);
        Changed(["train.network=flat"], ["train.network=flat", set]).ShouldBeEmpty();

        static string[] Changed(string[] before, string[] after)
        {
            Dictionary<string, string> was = Used(before), now = Used(after);
            return [.. was.Keys.Where(stage => was[stage] != now[stage])];
        }

        static Dictionary<string, string> Used(string[] sets) =>
            StageCatalogue.Compose(CampaignFile.Load(Checkout.At("configs", "cms-deeptau.yaml"), sets, []))
                .Where(stage => stage.Name is "Ingest" or "Split" or "Scale" or "Train" or "Apply")
                .ToDictionary(stage => stage.Name, stage => string.Join(' ', stage.Steps().Select(step => step.Settings.Hash())));
    }

    // 1.1: 43; 4 + 22 + 23 + 37 = 86; 4 + 23 + 37 = 64; 4 + 27 + 7 = 38.
    [Fact]
    public void Its_inputs_have_the_widths_and_cells_of_the_specification() =>
        CandidateInputs.ShapesOf(Features()).ShouldBe([
            new InputShape("tau", 43),
            new InputShape("inner_egamma", 86, 11, 11), new InputShape("inner_muon", 64, 11, 11),
            new InputShape("inner_hadrons", 38, 11, 11),
            new InputShape("outer_egamma", 86, 21, 21), new InputShape("outer_muon", 64, 21, 21),
            new InputShape("outer_hadrons", 38, 21, 21),
        ]);

    [Fact]
    public void Its_columns_scalings_and_limits_are_those_of_appendix_A()
    {
        FeatureSettings features = Features();
        FeatureGroup[] groups = [.. features.Grids!.Components.SelectMany(component => component.Groups).DistinctBy(group => group.Name)];

        string[] found =
        [
            .. features.Inputs.Select(feature => Line("TauFlat", feature)),
            .. new[] { "GridGlobal", "PfCand_electron", "PfCand_muon", "PfCand_chHad", "PfCand_nHad", "PfCand_gamma", "Electron", "Muon" }
                .SelectMany(name => groups.Single(group => group.Name == name).Features.Select(feature => Line(name, feature))),
        ];

        found.ShouldBe(File.ReadLines(Checkout.At("tests", "Unit", "Stages", "Data", "deeptau-inputs.txt")).Skip(1));
    }

    [Fact]
    public void Constants_are_those_of_plain_loops_over_the_columns()
    {
        ShouldBe("tau_dxy_sig", ConstituentCone.Global, Of(Taus.Value, (tau, row) =>
            tau("tau_dxy") > -10 && tau("tau_dxy") != 0 && tau("tau_dxy_error") > 0
                ? [Math.Abs(tau("tau_dxy")) / tau("tau_dxy_error")] : []));
        foreach (ConstituentCone cone in new[] { ConstituentCone.Inner, ConstituentCone.Outer })
        {
            ShouldBe("pfCand_chHad_rel_pt", cone, OfConstituents(cone, "pfCand", 1, (one, tau) => one("pfCand_pt") / tau("tau_pt")));
            ShouldBe("pfCand_gamma_vertex_dz_tauFL", cone, OfConstituents(cone, "pfCand", 4, (one, tau) =>
                one("pfCand_vertex_z") - tau("pv_z") - tau("tau_flightLength_z")));
            ShouldBe("pfCand_chHad_dxy_sig", cone, OfConstituents(cone, "pfCand", 1, (one, tau) =>
                one("pfCand_hasTrackDetails") == 1 && one("pfCand_dxy_error") != 0
                    ? Math.Abs(one("pfCand_dxy")) / one("pfCand_dxy_error") : null));
            ShouldBe("muon_rel_pt", cone, OfConstituents(cone, "muon", null, (one, tau) => one("muon_pt") / tau("tau_pt")));
            ShouldBe("ele_rel_ecalEnergy", cone, OfConstituents(cone, "ele", null, (one, _) => one("ele_ecalEnergy") / one("ele_pt")));
        }
    }

    // Column 5 of hadrons is pfCand_chHad_rel_pt (4 of GridGlobal, one flag), 4 the flag; by 1.2 to 1.4 written out.
    [Fact]
    public void Cells_hold_the_hardest_charged_hadron_of_simulated_candidates()
    {
        Batch taus = Taus.Value;
        FeatureSettings features = Features();
        var scaling = new FeatureScaling(features.Features.SelectMany(feature => feature.Cones.Select(cone => Scale(feature, cone))));
        InputRows inner = new CandidateInputs(features, scaling, CandidateInputs.ShapesOf(features))
            .Of(taus, row => ("", row)).Single(input => input.Shape.Name == "inner_hadrons");
        FeatureScale scale = scaling.Of("pfCand_chHad_rel_pt", ConstituentCone.Inner);
        int compared = 0;

        for (int row = 0; row < taus.Rows; row++)
        {
            var hardest = new Dictionary<int, double>();
            foreach ((int type, double pt, double deta, double dphi) in Candidates(taus, row))
            {
                if (type != 1 || Math.Sqrt(deta * deta + dphi * dphi) >= Radius(taus, row)) continue;
                int cell = (int)Math.Floor((deta + 0.11) / 0.02) * 11 + (int)Math.Floor((dphi + 0.11) / 0.02);
                hardest[cell] = Math.Max(pt, hardest.GetValueOrDefault(cell));
            }
            for (int at = inner.Offsets[row]; at < inner.Offsets[row + 1]; at++)
            {
                bool isThere = hardest.Remove(inner.Cells[at], out double pt);
                inner.Values[at * 38 + 4].ShouldBe(isThere ? 1 : 0);
                double expected = isThere ? Math.Clamp((pt / Number(taus, "tau_pt", row) - scale.Mean) / scale.Std, -5, 5) : 0;
                inner.Values[at * 38 + 5].ShouldBe((float)expected, 1e-4f);
                compared++;
            }
            hardest.ShouldBeEmpty();
        }
        compared.ShouldBeGreaterThan(300);
    }

    private static void ShouldBe(string feature, ConstituentCone cone, double[] values)
    {
        FeatureScale scale = Scale(Features().Features.Single(one => one.Name == feature), cone);
        double mean = values.Average();
        values.Length.ShouldBeGreaterThan(1);
        scale.Sample.Count.ShouldBe(values.Length);
        scale.Mean.ShouldBe(mean, 1e-9 * (1 + Math.Abs(mean)));
        scale.Std.ShouldBe(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1e-6 * (1 + scale.Std));
    }

    private static FeatureScale Scale(Feature feature, ConstituentCone cone)
    {
        var statistics = new FeatureStatistics(feature, cone, 1 << 20);
        ConstituentCone[]? cones = feature.IsFlat ? null : new ConstituentCones().ConesOf(Taus.Value, feature.Constituents);
        statistics.Add(FeatureValues.Of(Taus.Value, feature).Of(cone, cones));
        return statistics.Scale();
    }

    private static double[] Of(Batch taus, Func<Func<string, double>, int, double[]> values) =>
        [.. Enumerable.Range(0, taus.Rows).SelectMany(row => values(name => Number(taus, name, row), row)).Where(double.IsFinite)];

    private static double[] OfConstituents(
        ConstituentCone cone, string kind, int? type, Func<Func<string, double>, Func<string, double>, double?> value)
    {
        Batch taus = Taus.Value;
        var values = new List<double>();
        var known = new Dictionary<string, double[]>();
        int[] offsets = OffsetsOf(taus, kind);
        for (int row = 0; row < taus.Rows; row++)
            for (int i = offsets[row]; i < offsets[row + 1]; i++)
            {
                double One(string name) => (known.TryGetValue(name, out double[]? all) ? all : known[name] = taus[name].ToDoubles())[i];
                double deta = One($"{kind}_eta") - Number(taus, "tau_eta", row);
                double dphi = Wrapped(One($"{kind}_phi") - Number(taus, "tau_phi", row));
                double distance = Math.Sqrt(deta * deta + dphi * dphi);
                bool isInner = distance <= Radius(taus, row);
                if (cone == ConstituentCone.Inner ? !isInner : isInner || distance >= 0.5) continue;
                if (type is not null && One("pfCand_particleType") != type) continue;
                if (value(One, name => Number(taus, name, row)) is { } found && double.IsFinite(found)) values.Add(found);
            }
        return [.. values];
    }

    private static IEnumerable<(int Type, double Pt, double Deta, double Dphi)> Candidates(Batch taus, int row)
    {
        JaggedColumn<float> pt = taus.Jagged<float>("pfCand_pt"), eta = taus.Jagged<float>("pfCand_eta");
        JaggedColumn<float> phi = taus.Jagged<float>("pfCand_phi");
        JaggedColumn<int> type = taus.Jagged<int>("pfCand_particleType");
        for (int i = pt.Offsets[row]; i < pt.Offsets[row + 1]; i++)
            yield return (type.Values[i], pt.Values[i], eta.Values[i] - Number(taus, "tau_eta", row),
                Wrapped(phi.Values[i] - Number(taus, "tau_phi", row)));
    }

    private static int[] OffsetsOf(Batch taus, string kind) => taus.Jagged<float>($"{kind}_eta").Offsets.ToArray();

    private static double Radius(Batch taus, int row) => Math.Max(3 / Math.Max(Number(taus, "tau_pt", row), 30), 0.05);

    private static double Wrapped(double angle) =>
        angle > Math.PI ? angle - 2 * Math.PI : angle <= -Math.PI ? angle + 2 * Math.PI : angle;

    private static double Number(Batch taus, string name, int row) =>
        taus[name] is Column<float> column ? column.Values[row] : taus.Flat<int>(name)[row];

    private static Batch Simulated()
    {
        Batch rows = ForeignMissing.Marked(
            new EventGenerator(Processes.ByName("DYToLL_M50"), 11, new SimulationSettings()).Candidates(0, 900));
        ReadOnlySpan<float> pt = rows.Flat<float>("tau_pt");
        var kept = new List<int>();
        for (int row = 0; row < rows.Rows; row++)
            if (pt[row] > 20) kept.Add(row);
        return rows.Take([.. kept]);
    }

    private static string Line(string group, Feature feature)
    {
        var parts = new List<string> { group, feature.Name, ScalingNames.Of(feature.Kind) };
        if (feature.Range is { } range) parts.Add(FormattableString.Invariant($"{range.Low}/{range.High}"));
        if (feature.OuterRange is { } outer) parts.Add(FormattableString.Invariant($"{outer.Low}/{outer.High}"));
        return string.Join(' ', parts);
    }

    private static CampaignFile Load() => CampaignFile.Load(Checkout.At("configs", "cms-deeptau.yaml"), [], []);

    private static FeatureSettings Features()
    {
        ConfigBlock root = Load().Root;
        return FeatureSettings.Read(root.Block("definitions"), root.Block("train"));
    }
}
