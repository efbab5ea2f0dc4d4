using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// Brings the classes of each component to the spectrum of one of them by drawing rows (UPP, section 6). Works in rounds, each over the
/// same part of every component, so that classes stand in their ratio from first to last; the rows of a round come out in random order.
/// Exactly as many rows of each class come out as are wanted. Every decision depends on (seed, sample, component, round) alone.
/// </summary>
public sealed class Resampler(
    IReadOnlyList<ResampleComponent> components, CellBinning cells, (ulong Seed, string Sample) random, int roundRows) : IMixing
{
    private readonly Drawn[][] _drawn = [.. components.Select(one => one.Classes.Select(of => new Drawn(of)).ToArray())];
    private readonly Dictionary<Batch, int[]> _cells = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was drawn of each class of each component, once mixing has ended.</summary>
    public IEnumerable<DrawnRows> Results =>
        components.SelectMany((component, i) => _drawn[i].Select(one => one.Result(component.Name)));

    /// <inheritdoc/>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
    {
        long rounds = Math.Max(1, (components.Sum(one => one.Rows) + roundRows - 1) / roundRows);
        var shuffle = new BlockShuffle(random.Seed, $"{random.Sample}/rounds");
        for (long round = 0; round < rounds; round++)
        {
            var taken = new List<MixStep>();
            for (int group = 0; group < groups.Count; group++)
            {
                EntryRange rows = EvenCut.Of(new EntryRange(0, components[group].Rows), round, rounds);
                foreach (MixStep left in Read(group, groups[group], rows.End - rows.First)) yield return left;
                foreach (MixStep step in Draw(group, round))
                    if (step.Copies == 0) yield return step;
                    else taken.Add(step);
            }
            // Which of a row's copies is called the first makes no difference to the file.
            foreach (int step in shuffle.Order(round, taken.Count)) yield return taken[step];
            _cells.Clear();
        }
    }

    // Takes up the rows of a round, and leaves out those that are not drawn from.
    private IEnumerable<MixStep> Read(int group, IEnumerator<MixCandidate> rows, long count)
    {
        ResampleComponent component = components[group];
        for (long read = 0; read < count && rows.MoveNext(); read++)
        {
            MixCandidate candidate = rows.Current;
            Drawn? of = _drawn[group].FirstOrDefault(one => one.Of.Class == candidate.Type);
            if (component.Region is { } region && candidate.Row.Batch.Flat<int>(CandidateColumns.Region)[candidate.Row.Index] != region)
                yield return new MixStep(group, candidate, 0, $"outside the region of {component.Name}");
            else if (of is null) yield return new MixStep(group, candidate, 0, $"class not wanted in {component.Name}");
            else if (!of.Of.Uses(of.Read++)) yield return new MixStep(group, candidate, 0, "left out by the sampling fraction");
            else of.Rows.Add(candidate);
        }
    }

    private IEnumerable<MixStep> Draw(int group, long round)
    {
        foreach (Drawn of in _drawn[group])
        {
            var numbers = new CounterRandom(
                CounterRandom.Key(random.Seed, "draw", random.Sample, components[group].Name, of.Of.Class.Name), (ulong)round);
            var copies = new int[of.Rows.Count];
            foreach (int row in of.Draw(of.Of.Method == ResamplingMethod.None ? [] : CellsOf(of.Rows), () => numbers.NextDouble()))
            {
                copies[row]++;
                yield return new MixStep(group, of.Rows[row], 1, "drawn again") { IsAgain = copies[row] > 1 };
            }
            for (int row = 0; row < copies.Length; row++)
                if (copies[row] == 0) yield return new MixStep(group, of.Rows[row], 0, "not drawn");
            of.EndRound(copies);
        }
    }

    private int[] CellsOf(List<MixCandidate> rows)
    {
        var at = new int[rows.Count];
        for (int i = 0; i < at.Length; i++)
        {
            BatchRow row = rows[i].Row;
            if (!_cells.TryGetValue(row.Batch, out int[]? known)) _cells[row.Batch] = known = cells.Of(row.Batch);
            at[i] = known[row.Index];
        }
        return at;
    }

    /// <summary>The rows of a class in a round, and the books of all rounds.</summary>
    private sealed class Drawn(ResampleClass of)
    {
        private long _used, _written, _unique;
        private int _most;

        public ResampleClass Of => of;

        public long Read { get; set; }

        public List<MixCandidate> Rows { get; } = [];

        public IReadOnlyList<int> Draw(int[] cells, Func<double> uniform)
        {
            _used += Rows.Count;
            int due = (int)(of.Due(_used) - _written);
            IReadOnlyList<int> drawn = of.Method switch
            {
                ResamplingMethod.CountUp => ResamplingDraw.CountUp(cells, of.ByCell, due, uniform),
                ResamplingMethod.Pdf => ResamplingDraw.ByRatio(cells, of.ByCell, due, uniform),
                _ => [.. Enumerable.Range(0, Rows.Count).Take(due)],
            };
            _written += drawn.Count;
            return drawn;
        }

        public void EndRound(int[] copies)
        {
            _unique += copies.Count(times => times > 0);
            _most = Math.Max(_most, copies.DefaultIfEmpty(0).Max());
            Rows.Clear();
        }

        public DrawnRows Result(string component) => new(component, of.Class.Name, of.Available, of.Used, _written, _unique, _most);
    }
}

/// <summary>What was drawn of a class of a component.</summary>
/// <param name="Component">The component.</param>
/// <param name="Class">The class.</param>
/// <param name="Available">Its rows.</param>
/// <param name="Used">Rows that were drawn from.</param>
/// <param name="Written">Rows that came out.</param>
/// <param name="Unique">Different rows among them: written / unique is UPP's upsampling ratio.</param>
/// <param name="MostCopies">How often the row came out that did most often.</param>
public sealed record DrawnRows(string Component, string Class, long Available, long Used, long Written, long Unique, int MostCopies);
