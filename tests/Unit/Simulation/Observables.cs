using TauPipeline.Columns;

namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>
/// What a candidate shows, by its true class: of the candidate itself, and of one of its constituents, so that entries are independent.
/// </summary>
internal static class Observables
{
    /// <summary>The processes that the classes are taken from.</summary>
    public static readonly string[] Processes = ["GluGluHToTauTau_M125", "DYToLL_M50", "QCD_Pt15to1000", "TTToSemiLeptonic"];

    public static readonly string[] Classes = ["tau", "e", "mu", "jet"];

    private static readonly string[] OfCandidate =
    [
        "tau_pt", "tau_eta", "tau_mass", "tau_decayMode", "tau_chargedIsoPtSum", "tau_neutralIsoPtSum", "tau_neutralIsoPtSumWeight",
        "tau_puCorrPtSum", "tau_dxy", "tau_dxy_error", "tau_dz", "tau_ip3d", "tau_flightLength_sig", "tau_gj_angle_diff", "tau_e_ratio",
        "tau_emFraction", "tau_pt_weighted_dr_iso", "tau_byDeepTau2017v2p1VSjetraw", "jet_pt", "jet_nConstituents", "rho", "npu",
    ];

    private static readonly string[] OfConstituent =
    [
        "pfCand_pt", "pfCand_mass", "pfCand_puppiWeight", "pfCand_dxy", "pfCand_dxy_error", "pfCand_dz", "pfCand_hcalFraction",
        "pfCand_rawCaloFraction", "pfCand_nHits", "pfCand_nPixelHits", "pfCand_lostInnerHits", "pfCand_track_chi2", "pfCand_fromPV",
        "pfCand_particleType",
    ];

    /// <summary>The values of each observable of each class, beginning with the class; what is missing is left out.</summary>
    public static Dictionary<(string Class, string Name), List<double>> Of(IEnumerable<Batch> batches)
    {
        Dictionary<(string Class, string Name), List<double>> values = [];
        foreach (Batch batch in batches)
        {
            string[] classes = ClassesOf(batch);
            foreach (string name in OfCandidate) Add(name, classes, batch[name].ToDoubles(), row => row);
            ReadOnlySpan<int> offsets = batch.Jagged<float>("pfCand_pt").Offsets;
            int[] chosen = new int[batch.Rows];
            for (int i = 0; i < chosen.Length; i++)
            {
                int count = offsets[i + 1] - offsets[i];
                chosen[i] = count > 0 ? offsets[i] + i % count : -1;
            }
            foreach (string name in OfConstituent) Add(name, classes, batch[name].ToDoubles(), row => chosen[row]);
        }
        return values;

        void Add(string name, string[] classes, double[] of, Func<int, int> place)
        {
            for (int row = 0; row < classes.Length; row++)
            {
                if (classes[row].Length == 0 || place(row) < 0) continue;
                double value = of[place(row)];
                if (!double.IsFinite(value) || value < -900) continue;
                if (!values.TryGetValue((classes[row], name), out List<double>? list)) values[(classes[row], name)] = list = [];
                list.Add(value);
            }
        }
    }

    // Rows with a candidate only, by the kind of the generated lepton: e and mu prompt or of taus, tau hadronic, none a jet.
    private static string[] ClassesOf(Batch batch)
    {
        string[] classes = new string[batch.Rows];
        for (int i = 0; i < classes.Length; i++)
            classes[i] = batch.Flat<int>("tau_index")[i] < 0 ? "" : batch.Flat<int>("genLepton_index")[i] < 0 ? "jet"
                : batch.Flat<int>("genLepton_kind")[i] switch { 1 or 3 => "e", 2 or 4 => "mu", _ => "tau" };
        return classes;
    }
}
