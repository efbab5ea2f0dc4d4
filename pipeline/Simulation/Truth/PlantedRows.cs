using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>What is irregular about a row, on purpose (fast-simulation.md, Truth).</summary>
public enum Irregularity
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>A jet of pile-up: no generated jet, so the match has no value.</summary>
    NoGenJet,
    /// <summary>The generated lepton is 0.2 to 0.3 away: no value.</summary>
    FarLepton,
    /// <summary>The generated lepton's visible pt is just below the threshold of the match: no value.</summary>
    SoftLepton,
    /// <summary>A generated hadronic tau without a candidate: tau_index is -1.</summary>
    LostTau,
    /// <summary>The row stands in the file before, too.</summary>
    Duplicate,
}

/// <summary>A row of a batch with an irregularity; a duplicate is named again if its content is irregular, too.</summary>
/// <param name="Row">Row of the batch.</param>
/// <param name="Kind">What is irregular.</param>
public readonly record struct PlantedRow(int Row, Irregularity Kind);

/// <summary>Decides which rows of a dataset are irregular, from event numbers alone, so that tests know them without reading.</summary>
public sealed class PlantedRows
{
    private readonly SimulationSettings _settings;
    private readonly ulong _duplicates, _unmatched;

    internal PlantedRows(Process process, ulong seedKey, SimulationSettings settings)
    {
        _settings = settings;
        _duplicates = CounterRandom.Key(seedKey, process.Name, "duplicates");
        _unmatched = CounterRandom.Key(seedKey, process.Name, "unmatched");
    }

    /// <summary>The event of the file before whose rows are written again after those of this event, or <see langword="null"/>.</summary>
    public long? DuplicateOf(long eventNumber)
    {
        if (_settings.EventsPerFile <= 0 || eventNumber < _settings.EventsPerFile) return null;
        var random = new CounterRandom(_duplicates, (ulong)eventNumber);
        return random.NextBelow(_settings.DuplicateFraction) ? eventNumber - _settings.EventsPerFile : null;
    }

    /// <summary>A stream that decides about one object of an event, and draws what its irregularity needs.</summary>
    internal CounterRandom Stream(ulong objectNumber) => new(_unmatched, objectNumber);

    internal Irregularity Draw(ref CounterRandom random, bool isLepton)
    {
        if (!random.NextBelow(_settings.UnmatchedFraction)) return Irregularity.None;
        return !isLepton ? Irregularity.NoGenJet : random.NextBelow(0.5) ? Irregularity.FarLepton : Irregularity.SoftLepton;
    }

    /// <summary>The lepton as truth will show it: as it is, farther away, or softer.</summary>
    internal GenLepton Move(ref CounterRandom random, GenLepton lepton, Irregularity kind, in TauCandidate tau)
    {
        LorentzVector visible = lepton.Visible;
        switch (kind)
        {
            case Irregularity.FarLepton:
                double distance = random.NextBetween(GenLepton.MaxDistance + 0.005, GenLepton.MaxDistance + 0.1);
                (double sine, double cosine) = random.NextDirection();
                visible = LorentzVector.FromPtEtaPhiM(visible.Pt, tau.Eta + distance * cosine, tau.Phi + distance * sine, visible.Mass);
                break;
            case Irregularity.SoftLepton:
                visible = LorentzVector.FromPtEtaPhiM(
                    lepton.MinPt * random.NextBetween(0.9, 0.999),
                    visible.Eta,
                    visible.Phi,
                    visible.Mass);
                break;
            default:
                break;
        }
        return lepton with { Visible = visible };
    }
}
