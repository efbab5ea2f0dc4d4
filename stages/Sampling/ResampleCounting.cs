using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Counts the rows of every component by class and cell.</summary>
internal sealed class ResampleCounting(ResampleSettings settings)
{
    private readonly long[] _rows = new long[settings.Groups.Count];
    private readonly ClassTally[][] _tallies =
        [.. settings.Groups.Select(group => group.Group.Types.Select(one => new ClassTally(one, settings.Cells.Grid.Count)).ToArray())];

    /// <summary>The columns it needs.</summary>
    public static IReadOnlyList<string> Columns(ResampleSettings settings) =>
    [
        .. settings.Columns.Append(CandidateColumns.Type).Concat(settings.HasRegions ? [CandidateColumns.Region] : [])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Counts the rows of a dataset.</summary>
    public void Add(string dataset, Batch rows)
    {
        int[] cells = settings.Cells.Of(rows);
        ReadOnlySpan<int> type = rows.Flat<int>(CandidateColumns.Type), region = settings.HasRegions
            ? rows.Flat<int>(CandidateColumns.Region)
            : default;
        for (int group = 0; group < settings.Groups.Count; group++)
        {
            ResampleGroup of = settings.Groups[group];
            if (!of.Group.Datasets.Contains(dataset)) continue;
            for (int row = 0; row < cells.Length; row++)
            {
                if (Array.Find(_tallies[group], Is(type[row])) is not { } tally) continue;
                _rows[group]++;
                if (of.Region is null || region[row] == of.Region) tally.Add(cells[row]);
            }
        }
    }

    /// <summary>All that was counted.</summary>
    /// <exception cref="Foundation.StepFailed">Rows lie in no cell, and that is refused.</exception>
    public ResampleCountsFile Result(string sample)
    {
        var components = new List<ComponentCounts>();
        for (int group = 0; group < _tallies.Length; group++)
        {
            string name = settings.Groups[group].Group.Name;
            foreach (ClassTally one in _tallies[group])
                if (one.Outside > 0 && !settings.DropOutside && settings.Wish.Method != ResamplingMethod.None)
                    throw StageErrors.OutsideComponent(name, one.Class, (one.Outside, sample), settings.Cells);
            components.Add(new ComponentCounts(name, _rows[group], [.. _tallies[group].Select(one => one.Counts)]));
        }
        return new ResampleCountsFile(components);
    }

    private static Predicate<ClassTally> Is(int type) => tally => tally.Class.Index == type;

    private sealed class ClassTally(TauClass one, int cells)
    {
        private readonly long[] _cells = new long[cells];
        private long _rows;

        public TauClass Class => one;

        public long Outside { get; private set; }

        public ClassCounts Counts => new(one.Name, _rows, Outside, _cells);

        public void Add(int cell)
        {
            _rows++;
            if (cell < 0) Outside++;
            else _cells[cell]++;
        }
    }
}

/// <summary>The components of a sample as they are to be drawn.</summary>
internal sealed class ResampleComponents(ResampleSettings settings, ResampleCountsFile sample, ResampleCountsFile train)
{
    /// <summary>All of them; spectra are those of the train rows.</summary>
    public IReadOnlyList<ResampleComponent> Of(string name) =>
    [
        .. settings.Groups.Select(group =>
        {
            long wanted = name == SplitSettings.Train ? group.Rows : group.ValidationRows;
            ClassRows target = settings.Wish.Method == ResamplingMethod.None
                ? new ClassRows(settings.Wish.Target, 0, [])
                : RowsOf(train, group, settings.Wish.Target);
            return new ResampleComponent(group.Group.Name, group.Region, CountsOf(sample, group).Rows,
            [
                .. group.Group.Types.Select(one => ResamplePlan.Of(
                    group.Group.Name,
                    RowsOf(sample, group, one),
                    (RowsOf(train, group, one), target),
                    wanted,
                    settings.Wish,
                    settings.Cells)),
            ]);
        }),
    ];

    private static ComponentCounts CountsOf(ResampleCountsFile file, ResampleGroup group) =>
        file.Components.Single(one => one.Name == group.Group.Name);

    private static ClassRows RowsOf(ResampleCountsFile file, ResampleGroup group, TauClass one)
    {
        ClassCounts counts = CountsOf(file, group).Classes.Single(of => of.Class == one.Name);
        return new ClassRows(one, counts.Rows, counts.Cells);
    }
}
