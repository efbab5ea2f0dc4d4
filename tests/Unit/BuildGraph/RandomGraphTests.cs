using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class RandomGraphTests : IDisposable
{
    private const int Raws = 4, Steps = 12, Edits = 80;
    private readonly BuildBench _bench = new();
    private readonly string[] _raw = new string[Raws];
    private readonly int[] _setting = new int[Steps];
    private readonly List<int>[] _reads = new List<int>[Steps];
    private readonly string?[] _lastRun = new string?[Steps];
    private readonly bool[] _disturbed = new bool[Steps];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_edited_a_build_gives_the_products_of_a_clean_one_and_runs_just_what_must(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < Raws; i++) _raw[i] = "a";
        for (int i = 0; i < Steps; i++) _reads[i] = [.. Enumerable.Range(0, Raws + i).Where(_ => random.Next(3) == 0).DefaultIfEmpty(random.Next(Raws + i))];

        for (int edit = 0; edit < Edits; edit++)
        {
            Edit(random);
            BuildSummary summary = _bench.Build(_bench.Request([Stage()]) with { Jobs = 1 + random.Next(2) });

            summary.FirstError.ShouldBeNull();
            string[] expected = [.. Expected()];
            for (int i = 0; i < Steps; i++) _bench.Read($"{i}.txt").ShouldBe(expected[i], $"product {i} after edit {edit} of seed {seed}");
            _bench.Worked.Order(StringComparer.Ordinal).ShouldBe(MustRun(expected).Order(StringComparer.Ordinal), $"after edit {edit} of seed {seed}");
        }
    }

    private void Edit(Random random)
    {
        int step = random.Next(Steps);
        string product = Path.Combine(_bench.Out, $"{step}.txt");
        switch (random.Next(6))
        {
            case 0: _raw[random.Next(Raws)] = $"{random.Next(3)}"; break;
            case 1: _setting[step] = random.Next(3); break;
            case 2 when File.Exists(product): File.Delete(product); _disturbed[step] = true; break;
            case 3 when File.Exists(product): File.WriteAllText(product, "by hand"); _disturbed[step] = true; break;
            case 4 when File.Exists(product): File.SetLastWriteTimeUtc(product, DateTime.UnixEpoch.AddDays(random.Next(10_000))); break;
            default: break;
        }
        for (int i = 0; i < Raws; i++) File.WriteAllText(_bench.RawPath($"{i}"), _raw[i]);
    }

    // Every third step keeps one digit only, so that a change above it is often cut off.
    private static string Combine(int step, int setting, IEnumerable<string> inputs) =>
        ContentHash.Of($"{setting}:{string.Join('|', inputs)}").ToString()[..(step % 3 == 0 ? 1 : 12)];

    private IEnumerable<string> Expected()
    {
        var made = new List<string>();
        for (int i = 0; i < Steps; i++)
        {
            made.Add(Combine(i, _setting[i], _reads[i].Select(input => input < Raws ? _raw[input] : made[input - Raws])));
            yield return made[i];
        }
    }

    // The oracle of minimality: a step must run if what it reads or its setting is not as when it last ran, or its product is not as it left it.
    private List<string> MustRun(string[] made)
    {
        var must = new List<string>();
        for (int i = 0; i < Steps; i++)
        {
            string now = $"{_setting[i]}:{string.Join('|', _reads[i].Select(input => input < Raws ? _raw[input] : made[input - Raws]))}";
            if (now != _lastRun[i] || _disturbed[i]) must.Add($"G/{i}");
            _lastRun[i] = now;
            _disturbed[i] = false;
        }
        return must;
    }

    private ToyStage Stage()
    {
        var steps = new Step[Steps];
        for (int i = 0; i < Steps; i++)
        {
            int number = i, setting = _setting[i];
            Artifact[] inputs = [.. _reads[i].Select(input => input < Raws
                ? Artifact.Raw($"set/{input}", new RawSource(_bench.RawPath($"{input}")))
                : new Artifact<ToyText>($"{input - Raws}.txt"))];
            var output = new Artifact<ToyText>($"{i}.txt");
            steps[i] = new Step
            {
                Stage = "G",
                Key = $"{i}",
                Writes = [output],
                Settings = SettingsUsed.None.And("g.setting", $"{setting}"),
                Reads = [.. inputs.Select((input, at) => new StepInput($"in{at}", input))],
                Work = run =>
                {
                    lock (_bench.Worked) _bench.Worked.Add($"G/{number}");
                    run.Write(output, new ToyText(Combine(number, setting, inputs.Select(input => run.Stream<ToyReader>(input).Text))));
                },
            };
        }
        return new ToyStage("G", steps);
    }
}
