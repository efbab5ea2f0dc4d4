using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Simulation;

/// <summary>
/// Simulates a dataset event by event into TauTuple rows (fast-simulation.md). An event is the same whatever the batch, the
/// file or the thread it is made in. One generator serves one thread; its memory is reused from batch to batch.
/// </summary>
public sealed class EventGenerator
{
    // Streams of an object are numbered by event and by its place in the event.
    private const int ObjectsPerEvent = 64;

    private readonly Process _process;
    private readonly SimulationSettings _settings;
    private readonly ulong _eventKey, _objectKey;
    private readonly Collision _collision = new();
    private readonly GeneratedEvent _hard = new();
    private readonly CandidateView _view;
    private readonly TauTupleBuffer _buffer = new();
    private OrderedSum _weights;

    /// <summary>A generator of that process; the key comes from <see cref="CounterRandom.Key"/> of the campaign's seed.</summary>
    public EventGenerator(Process process, ulong seedKey, SimulationSettings settings)
    {
        _process = process;
        _settings = settings;
        _eventKey = CounterRandom.Key(seedKey, process.Name, "event");
        _objectKey = CounterRandom.Key(seedKey, process.Name, "object");
        _view = new CandidateView(settings);
        Planted = new PlantedRows(process, seedKey, settings);
    }

    /// <summary>Which rows are irregular on purpose.</summary>
    public PlantedRows Planted { get; }

    /// <summary>
    /// The sum of the generator weights, as written, of all events so far: with a candidate or without, planted duplicates once.
    /// </summary>
    public double SumOfWeights => _weights.Value;

    /// <summary>
    /// The candidates of these events, in the order of the events, as columns of <see cref="TauTuple.Schema"/>. The batch is lent: the
    /// next call writes over it.
    /// </summary>
    /// <param name="firstEvent">Number of the first event in the dataset, from 0.</param>
    /// <param name="events">How many; file f of a dataset has the <see cref="SimulationSettings.EventsPerFile"/> events from f times that
    /// number on.</param>
    /// <param name="planted">Gets the irregular rows of the batch, if wanted.</param>
    public Batch Candidates(long firstEvent, int events, ICollection<PlantedRow>? planted = null)
    {
        for (long number = firstEvent; number < firstEvent + events; number++)
        {
            AddEvent(number, planted);
            _weights.Add((float)_hard.Weight);
            if (Planted.DuplicateOf(number) is not { } source) continue;
            int first = _buffer.Rows;
            AddEvent(source, planted);
            for (int row = first; row < _buffer.Rows; row++) planted?.Add(new(row, Irregularity.Duplicate));
        }
        return _buffer.Finish();
    }

    private void AddEvent(long number, ICollection<PlantedRow>? planted)
    {
        var random = new CounterRandom(_eventKey, (ulong)number);
        _collision.Draw(ref random, _settings.PileUpMean);
        _hard.Draw(ref random, _process.Draw, _collision.True);
        int taus = 0;
        for (int i = 0; i < _hard.Objects.Count; i++)
        {
            ref readonly GeneratedObject generated = ref _hard.Objects[i];
            if (!CandidateView.IsInReach(generated) || (!generated.IsLepton && _hard.IsShadowed(generated))) continue;
            if (generated.IsLepton && generated.Visible.Pt < generated.Lepton.MinPt) continue;
            Irregularity kind = AddObject(generated, number, i, ref taus);
            if (kind != Irregularity.None) planted?.Add(new(_buffer.Rows - 1, kind));
        }
    }

    // A lost tau is written without candidate: so are those whose candidate is too far away to be its match.
    private Irregularity AddObject(in GeneratedObject generated, long number, int place, ref int taus)
    {
        ulong stream = (ulong)number * ObjectsPerEvent + (ulong)place;
        CounterRandom random = new(_objectKey, stream), irregular = Planted.Stream(stream);
        bool isFound = _view.TryFind(ref random, generated, _hard, _collision, out TauCandidate tau) && !IsTooFar(generated, tau);
        if (!isFound && !(_settings.WithLostTaus && generated.IsHadronicTau)) return Irregularity.None;

        _view.Weigh(ref random);
        Irregularity kind = isFound ? Planted.Draw(ref irregular, generated.IsLepton) : Irregularity.LostTau;
        _buffer.Event.Add(new(_process, number, _hard.Weight), _collision);
        if (generated.IsLepton) _buffer.Truth.AddLepton(Planted.Move(ref irregular, generated.Lepton, kind, tau), place);
        else _buffer.Truth.AddNoLepton();
        if (kind == Irregularity.NoGenJet) _buffer.Truth.AddNoJet();
        else
            _buffer.Truth.AddJet(
                GenJet.Of(_hard.Of(generated), generated.Visible.Eta, generated.Visible.Phi),
                generated.Hard.Flavour,
                place);
        if (isFound) _view.Describe(ref random, tau, taus++, _collision, _buffer.Tau);
        else _buffer.Tau.AddMissing();
        _buffer.AddSurroundings(generated, _hard.Of(generated), place, _view.Flow, _collision);
        return kind;
    }

    private static bool IsTooFar(in GeneratedObject generated, in TauCandidate tau) => generated.IsLepton &&
        Angles.DeltaR(tau.Eta, tau.Phi, generated.Visible.Eta, generated.Visible.Phi) > GenLepton.MaxDistance - 0.001;
}
