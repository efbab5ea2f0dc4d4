using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>
/// Random graphs under random edits of raw files, settings, code, columns, order, steps and products, under failures,
/// interrupts, released products and a run cache: after each, a build gives what a clean one would and runs just what must.
/// </summary>
public sealed class RandomGraphTests : IDisposable
{
    private const int Steps = RandomCampaign.Steps, Edits = 32, CleanEvery = 8;
    private readonly BuildBench _bench = new();
    private readonly string?[] _lastRun = new string?[Steps];
    private readonly bool[] _disturbed = new bool[Steps], _released = new bool[Steps];
    private readonly HashSet<(int, string)> _cached = [];
    private RandomCampaign _campaign = null!;
    private CacheSettings? _cache;
    private string _where = "";

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void Whatever_happens_a_build_gives_the_products_of_a_clean_one_and_runs_just_what_must(int seed, bool withCache) =>
        Edit(seed, withCache);

    [LongFact]
    public void So_it_is_for_sixty_seeds()
    {
        for (int seed = 100; seed < 160; seed++)
        {
            using var one = new RandomGraphTests();
            one.Edit(seed, withCache: seed % 2 == 0);
        }
    }

    private void Edit(int seed, bool withCache)
    {
        var random = new Random(seed);
        _campaign = new RandomCampaign(_bench, random);
        if (withCache)
            _cache = new CacheSettings(Path.Combine(_bench.Root, "cache"), Restore: seed % 4 == 0 ? CacheRestore.Copy : CacheRestore.Link);
        for (int edit = 0; edit < Edits; edit++)
        {
            _where = $"after edit {edit} of seed {seed}";
            for (int i = random.Next(3); i >= 0; i--) _campaign.Change();
            if (random.Next(3) == 0) Disturb(random);
            if (random.Next(3) == 0) BuildInVain(random);
            Build();
            if (edit % 2 == 0) BuildWithNothingToDo();
            if (edit % CleanEvery == CleanEvery - 1) CompareWithACleanBuild();
            if (random.Next(5) == 0) Release(random);
        }
    }

    // Deletes, edits or touches a product.
    private void Disturb(Random random)
    {
        int step = random.Next(Steps);
        string product = Path.Combine(_bench.Out, RandomCampaign.ProductOf(step));
        if (!File.Exists(product)) return;
        switch (random.Next(3))
        {
            case 0: File.Delete(product); _disturbed[step] = true; break;
            case 1: BuildBench.Replace(product, "a=by\nb=hand\nc=!\n"); _disturbed[step] = true; break;
            default: File.SetLastWriteTimeUtc(product, DateTime.UnixEpoch.AddDays(random.Next(10_000))); break;
        }
    }

    // A build in which one step fails, or interrupts it: what ran is done, and nothing ran that need not.
    private void BuildInVain(Random random)
    {
        int bad = random.Next(Steps);
        bool interrupts = random.Next(2) == 0;
        using var interrupt = new CancellationTokenSource();
        (HashSet<int> run, HashSet<int> work, string[] now) = MustRun();
        _campaign.Working = (step, _) =>
        {
            if (step != bad) return;
            interrupt.CancelAfter(interrupts ? 0 : -1);
            throw interrupts ? new OperationCanceledException() : new StepFailed("planned");
        };

        BuildSummary summary = _bench.Build(Request() with { KeepGoing = random.Next(2) == 0 }, interrupt.Token);

        _campaign.Working = (_, _) => { };
        if (!work.Contains(bad)) summary.FirstError.ShouldBeNull(_where);
        else if (!interrupts) summary.FirstError.ShouldNotBeNull(_where).Text.Title.ShouldBe("planned", _where);
        _bench.Worked.ShouldBeSubsetOf(work.Select(RandomCampaign.Id), _where);
        Note(summary, run, now);
    }

    private void Build()
    {
        (HashSet<int> run, HashSet<int> work, string[] now) = MustRun();

        BuildSummary summary = _bench.Build(Request());

        summary.FirstError.ShouldBeNull(_where);
        _bench.Worked.Order(StringComparer.Ordinal).ShouldBe(work.Select(RandomCampaign.Id).Order(StringComparer.Ordinal), _where);
        summary.Count(StepOutcome.Restored).ShouldBe(run.Count - work.Count, _where);
        Note(summary, run, now);
        (string[] Columns, string)?[] expected = _campaign.Expected();
        for (int i = 0; i < Steps; i++)
            if (expected[i] is { } made && !_released[i])
                _bench.Read(RandomCampaign.ProductOf(i)).ShouldBe(RandomCampaign.Text(made.Columns), $"product {i} {_where}");
    }

    // Later than a tick of the file system: the first of the two finds out that stamps vouch for contents, the second begins from there.
    private void BuildWithNothingToDo()
    {
        Thread.Sleep(2 * BuildBench.Tick);
        for (int time = 0; time < 2; time++)
        {
            _bench.Build(Request());
            _bench.Worked.ShouldBeEmpty(_where);
        }
    }

    private void CompareWithACleanBuild()
    {
        string fresh = Path.Combine(_bench.Root, "clean");
        _bench.Build(Request() with { Out = fresh, Cache = null }).FirstError.ShouldBeNull(_where);
        for (int i = 0; i < Steps; i++)
            if (_campaign.Lives[i] && !_released[i])
                File.ReadAllBytes(Path.Combine(_bench.Out, RandomCampaign.ProductOf(i)))
                    .ShouldBe(File.ReadAllBytes(Path.Combine(fresh, RandomCampaign.ProductOf(i))), $"product {i} {_where}");
        Directory.Delete(fresh, recursive: true);
    }

    private void Release(Random random)
    {
        string keep = $"G{random.Next(RandomCampaign.Stages)}";
        foreach ((string path, _) in ProductRelease.Run(Request(), [keep], CancellationToken.None))
            _released[int.Parse(path.Split('.')[0])] = true;
    }

    private BuildRequest Request() => _campaign.Request() with { Cache = _cache, Tick = BuildBench.Tick };

    // The oracle of minimality. A step runs if what it depends on is not as when it last ran, or its product is not as it
    // left it; and if its product was deleted on purpose and a step wants it that runs, or that may run because one before it does.
    private (HashSet<int> Run, HashSet<int> Work, string[] Now) MustRun()
    {
        string[] now = [.. _campaign.Expected().Select(made => made?.DependsOn ?? "")];
        HashSet<int> run = [.. Enumerable.Range(0, Steps).Where(i => _campaign.Lives[i] && (now[i] != _lastRun[i] || _disturbed[i]))];
        HashSet<int> may = [.. run];
        for (int i = 0; i < Steps; i++)
            if (_campaign.Lives[i] && _campaign.MakersOf(i).Any(may.Contains)) may.Add(i);
        for (int i = Steps - 1; i >= 0; i--)
            if (may.Contains(i) || run.Contains(i))
                foreach (int wanted in _campaign.MakersOf(i).Where(maker => _released[maker])) run.Add(wanted);
        return (run, [.. run.Where(i => !_cached.Contains((i, now[i])))], now);
    }

    private void Note(BuildSummary summary, HashSet<int> run, string[] now)
    {
        foreach (
            StepEnded ended in summary.Steps.Where(step =>
                step.Outcome is StepOutcome.Ran or StepOutcome.RanUnchanged or StepOutcome.Restored))
        {
            int step = int.Parse(ended.Step.Key);
            run.ShouldContain(step, _where);
            _lastRun[step] = now[step];
            _disturbed[step] = _released[step] = false;
            if (_cache is not null) _cached.Add((step, now[step]));
        }
    }
}
