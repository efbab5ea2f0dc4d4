using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>A particle-flow candidate as seen from its tau candidate; pt and mass in GeV, lengths in cm.</summary>
internal readonly record struct ThorObject(
    int Type, int Charge, double Pt, double Deta, double Dphi, double Mass, double Hcal, ThorTrack Track)
{
    public double Distance => Math.Sqrt(Deta * Deta + Dphi * Dphi);

    public bool IsTrack => Charge != 0;
}

/// <summary>Where the track of a charged one came from (z0 times the sine of its polar angle), and its hits.</summary>
internal readonly record struct ThorTrack(double D0, double D0Error, double Z0, double Z0Error, int Pixels, int Hits);

/// <summary>The objects within 0.4 of each candidate of a batch, hardest first; of equal ones the first.</summary>
internal sealed class ThorObjects
{
    private const double Radius = 0.4;

    private readonly double[] _tauEta, _tauPhi, _pt, _eta, _phi, _mass, _hcal, _d0, _d0Error, _z0, _z0Error;
    private readonly double[] _type, _charge, _pixels, _hits;
    private readonly int[] _offsets;

    public ThorObjects(Batch tuple)
    {
        double[] Of(string name) => tuple[$"pfCand_{name}"].ToDoubles();
        (_tauEta, _tauPhi) = (tuple["tau_eta"].ToDoubles(), tuple["tau_phi"].ToDoubles());
        (_pt, _eta, _phi, _mass, _hcal) = (Of("pt"), Of("eta"), Of("phi"), Of("mass"), Of("hcalFraction"));
        (_d0, _d0Error, _z0, _z0Error) = (Of("dxy"), Of("dxy_error"), Of("dz"), Of("dz_error"));
        (_type, _charge, _pixels, _hits) = (Of("particleType"), Of("charge"), Of("nPixelHits"), Of("nHits"));
        _offsets = tuple.Jagged<float>("pfCand_pt").Offsets.ToArray();
    }

    public IReadOnlyList<ThorObject> Of(int row)
    {
        var found = new List<ThorObject>();
        for (int i = _offsets[row]; i < _offsets[row + 1]; i++)
        {
            double deta = _eta[i] - _tauEta[row], dphi = Angles.Wrap(_phi[i] - _tauPhi[row]), sine = 1 / Math.Cosh(_eta[i]);
            var track = new ThorTrack(_d0[i], _d0Error[i], _z0[i] * sine, _z0Error[i] * sine, Count(_pixels[i]), Count(_hits[i]));
            var one = new ThorObject(Count(_type[i]), Count(_charge[i]), _pt[i], deta, dphi, _mass[i], _hcal[i], track);
            if (one.Distance < Radius) found.Add(one);
        }
        return [.. found.OrderByDescending(one => one.Pt)];
    }

    private static int Count(double value) => double.IsNaN(value) ? 0 : (int)value;
}
