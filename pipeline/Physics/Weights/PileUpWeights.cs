using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>How pile-up is distributed, as a histogram of one axis says: of data, or of the simulation.</summary>
/// <param name="Name">File and histogram, for messages.</param>
/// <param name="Bins">The bins.</param>
/// <param name="Contents">Of each bin.</param>
public sealed record PileUpProfile(string Name, BinEdges Bins, IReadOnlyList<double> Contents);

/// <summary>
/// The weights that give simulated events the pile-up of data: in each bin the share of data over the share of simulation, both of what
/// lies inside the axis. Where one profile is finer, its bins are added up to those of the other.
/// </summary>
public sealed class PileUpWeights
{
    private readonly PileUpProfile _simulation;
    private readonly BinEdges _bins;
    private readonly double[] _weights;
    private readonly bool _zeroOutside;

    /// <param name="data">The pile-up of data.</param>
    /// <param name="simulation">That of the events to be weighed.</param>
    /// <param name="zeroOutside">Whether an event where the simulation's profile has none counts nothing, instead of being an error.</param>
    /// <exception cref="Foundation.StepFailed">A profile has a content that is negative or not finite, or nothing in it.</exception>
    /// <exception cref="Foundation.Misuse">The edges of the coarser one are not all edges of the other.</exception>
    public PileUpWeights(PileUpProfile data, PileUpProfile simulation, bool zeroOutside)
    {
        (_simulation, _zeroOutside) = (simulation, zeroOutside);
        _bins = data.Bins.Count <= simulation.Bins.Count ? data.Bins : simulation.Bins;
        double[] ofData = Shares(data), ofSimulation = Shares(simulation);
        _weights = [.. ofData.Zip(ofSimulation, (share, simulated) => simulated > 0 ? share / simulated : double.NaN)];
    }

    /// <summary>The weight of an event of so much pile-up; NaN where that is missing.</summary>
    /// <exception cref="Foundation.StepFailed">The profile of the simulation has no such event.</exception>
    public double Of(double pileUp)
    {
        if (double.IsNaN(pileUp)) return double.NaN;
        int bin = _bins.Find(pileUp);
        if (bin >= 0 && bin < _weights.Length && !double.IsNaN(_weights[bin])) return _weights[bin];
        return _zeroOutside ? 0 : throw PhysicsErrors.NoPileUp(_simulation, pileUp);
    }

    private double[] Shares(PileUpProfile profile)
    {
        int[] places = profile.Bins.OnTo(_bins);
        var shares = new double[_bins.Count];
        for (int bin = 0; bin < places.Length; bin++)
        {
            double content = profile.Contents[bin];
            if (!(content >= 0 && double.IsFinite(content))) throw PhysicsErrors.NoProfile(profile, bin, content);
            if (places[bin] >= 0 && places[bin] < shares.Length) shares[places[bin]] += content;
        }
        double sum = shares.Sum();
        if (sum == 0) throw PhysicsErrors.EmptyProfile(profile);
        for (int bin = 0; bin < shares.Length; bin++) shares[bin] /= sum;
        return shares;
    }
}
