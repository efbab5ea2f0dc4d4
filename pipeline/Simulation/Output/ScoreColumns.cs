namespace TauPipeline.Simulation;

/// <summary>The stand-in discriminators under the names of the previous generation, with nine working points each as bits.</summary>
internal sealed class ScoreColumns(GrowingTable tau)
{
    // Thresholds of VVVLoose to VVVTight; rounded values that share the candidates about evenly (c).
    private static readonly double[]
        VsJetThresholds = [0.20, 0.35, 0.50, 0.62, 0.72, 0.80, 0.85, 0.88, 0.90],
        VsElectronThresholds = [0.10, 0.20, 0.30, 0.50, 0.65, 0.80, 0.88, 0.92, 0.94],
        VsMuonThresholds = [0.10, 0.20, 0.30, 0.50, 0.65, 0.80, 0.90, 0.95, 0.97];

    private readonly Score _electron = new(tau, "byDeepTau2017v2p1VSe", VsElectronThresholds);
    private readonly Score _muon = new(tau, "byDeepTau2017v2p1VSmu", VsMuonThresholds);
    private readonly Score _jet = new(tau, "byDeepTau2017v2p1VSjet", VsJetThresholds);

    public void Add(in StandInScores scores)
    {
        _electron.Add(scores.VsElectron);
        _muon.Add(scores.VsMuon);
        _jet.Add(scores.VsJet);
    }

    private sealed class Score(GrowingTable tau, string name, double[] thresholds)
    {
        private readonly Growing<ushort> _bits = tau.Add<ushort>(name);
        private readonly Growing<float> _raw = tau.Float(name + "raw");

        public void Add(double score)
        {
            int bits = 0;
            for (int i = 0; i < thresholds.Length; i++)
                if (score > thresholds[i]) bits |= 1 << i;
            _bits.Add((ushort)bits);
            _raw.Add((float)score);
        }
    }
}
