using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>
/// A graph of twelve steps in three stages that anything may be changed of, and what its products must then be: computed
/// from the description alone. Each product has three columns; each input is read whole or by some of them.
/// </summary>
internal sealed class RandomCampaign
{
    public const int Raws = 4, Steps = 12, Stages = 3;
    private static readonly string[] AllColumns = ["a", "b", "c"];
    private readonly BuildBench _bench;
    private readonly Random _random;
    private readonly string[] _raw = new string[Raws];
    private readonly int[] _setting = new int[Steps], _code = new int[Stages];
    private readonly List<(int From, string[] Columns)>[] _reads = new List<(int, string[])>[Steps];
    private readonly int[] _declared = [.. Enumerable.Range(0, Steps)];

    public RandomCampaign(BuildBench bench, Random random)
    {
        (_bench, _random) = (bench, random);
        Array.Fill(_raw, "a");
        Array.Fill(Lives, true);
        for (int i = 0; i < Steps; i++)
            _reads[i] =
            [
                .. Enumerable.Range(0, Raws + i)
                    .Where(_ => random.Next(3) == 0)
                    .DefaultIfEmpty(random.Next(Raws + i))
                    .Select(from => (from, SomeColumns(from))),
            ];
    }

    /// <summary>Which steps are declared at all.</summary>
    public bool[] Lives { get; } = new bool[Steps];

    /// <summary>Called by a step before it does anything.</summary>
    public Action<int, StepRun> Working { get; set; } = (_, _) => { };

    public static string Id(int step) => $"G{step % Stages}/{step}";

    public static string ProductOf(int step) => $"{step}.txt";

    /// <summary>Steps that a step reads from.</summary>
    public IEnumerable<int> MakersOf(int step) => Reads(step).Where(read => read.From >= Raws).Select(read => read.From - Raws);

    /// <summary>Changes something that is not on disk in the output folder.</summary>
    public void Change()
    {
        int step = _random.Next(Steps);
        List<(int From, string[] Columns)> reads = _reads[step];
        switch (_random.Next(9))
        {
            case 0: _raw[_random.Next(Raws)] = $"{_random.Next(3)}"; break;
            case 1 or 2: _setting[step] = _random.Next(3); break;
            case 3: _code[_random.Next(Stages)] = _random.Next(4); break;
            case 4: Lives[step] = !Lives[step]; break;
            case 5: _random.Shuffle(_declared); break;
            case 6: _reads[step] = [.. reads.OrderBy(_ => _random.Next())]; break;
            case 7 when reads.Count > 0:
                int at = _random.Next(reads.Count);
                reads[at] = reads[at] with { Columns = SomeColumns(reads[at].From) };
                break;
            case 8 when reads.Count > 1: reads.RemoveAt(_random.Next(reads.Count)); break;
            case 8 when _random.Next(Raws + step) is var from && reads.All(read => read.From != from):
                reads.Add((from, SomeColumns(from)));
                break;
            default: break;
        }
        for (int i = 0; i < Raws; i++)
            if (!File.Exists(_bench.RawPath($"{i}")) || File.ReadAllText(_bench.RawPath($"{i}")) != _raw[i])
                File.WriteAllText(_bench.RawPath($"{i}"), _raw[i]);
    }

    /// <summary>The three columns of each product, and all that it depends on, in words; nothing for a step that is not declared.</summary>
    public (string[] Columns, string DependsOn)?[] Expected()
    {
        var made = new (string[] Columns, string DependsOn)?[Steps];
        for (int i = 0; i < Steps; i++)
        {
            if (!Lives[i]) continue;
            string inputs = string.Join(
                '|',
                Reads(i)
                    .Select(read =>
                        read.From < Raws
                            ? _raw[read.From]
                            : string.Join(
                                ',',
                                Named(read.Columns).Select(name => made[read.From - Raws]!.Value.Columns[Array.IndexOf(AllColumns, name)])))
            );
            string names = string.Join('|', Reads(i).Select(read => $"{read.From}:{string.Join(',', read.Columns)}"));
            made[i] = (Combine(i, inputs), $"{_setting[i]} {_code[i % Stages]} {names} {inputs}");
        }
        return made;
    }

    public static string Text(string[] columns) => string.Concat(AllColumns.Select((name, i) => $"{name}={columns[i]}\n"));

    public BuildRequest Request()
    {
        for (int i = 0; i < Stages; i++) _bench.Code[$"G{i}"] = ContentHash.Of($"code {_code[i]}");
        IStage[] stages =
        [
            .. Enumerable.Range(0, Stages)
                .Select(stage => new ToyStage(
                    $"G{stage}",
                    [.. _declared.Where(step => Lives[step] && step % Stages == stage).Select(Declare)])),
        ];
        return _bench.Request(stages, [.. stages.Select(stage => stage.Name)]) with { Jobs = 1 + _random.Next(2) };
    }

    private IEnumerable<(int From, string[] Columns)> Reads(int step) =>
        _reads[step].Where(read => read.From < Raws || Lives[read.From - Raws]);

    private static string[] Named(string[] columns) => columns.Length == 0 ? AllColumns : columns;

    private string[] SomeColumns(int from) => from < Raws || _random.Next(2) == 0 ? [] : [.. AllColumns.Where(_ => _random.Next(2) == 0)];

    // Every third step keeps one digit only, so that a change above it is often cut off; every second edit of code means nothing.
    private string[] Combine(int step, string inputs)
    {
        string known = $"{_setting[step]} {_code[step % Stages] / 2} {inputs}";
        return [.. AllColumns.Select(name => ContentHash.Of($"{name} {known}").ToString()[..(step % 3 == 0 ? 1 : 12)])];
    }

    private Step Declare(int step)
    {
        (int From, string[] Columns)[] reads = [.. Reads(step)];
        Artifact[] inputs =
        [
            .. reads.Select(read =>
                read.From < Raws
                    ? Artifact.Raw($"set/{read.From}", new RawSource(_bench.RawPath($"{read.From}")))
                    : Artifact.Product(ProductOf(read.From - Raws))),
        ];
        Artifact output = Artifact.Product(ProductOf(step));
        return new Step
        {
            Stage = $"G{step % Stages}",
            Key = $"{step}",
            Writes = [output],
            Settings = SettingsUsed.None.And("g.setting", $"{_setting[step]}"),
            Reads = [.. inputs.Select((input, at) => new StepInput($"in{at}", input, reads[at].Columns))],
            Work = run =>
            {
                lock (_bench.Worked) _bench.Worked.Add(Id(step));
                Working(step, run);
                string[] columns = Combine(step, string.Join('|', inputs.Select(input => run.Stream<ColumnText>(input).Text)));
                run.Create<TableWriter>(output).Write(AllColumns.Select((name, i) => (name, columns[i])));
            },
        };
    }

    /// <summary>The values of the declared columns of a product, or a raw text.</summary>
    private sealed class ColumnText(string text) : IProductReader<ColumnText>
    {
        public string Text { get; } = text;

        public static ColumnText Open(ProductInput from)
        {
            string text = File.ReadAllText(from.Path);
            if (!text.Contains('=', StringComparison.Ordinal)) return new ColumnText(text);
            Dictionary<string, string> values = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('='))
                .ToDictionary(line => line[0], line => line[1]);
            return new ColumnText(string.Join(',', (from.Columns ?? AllColumns).Select(name => values[name])));
        }

        public void Dispose() { }
    }
}
