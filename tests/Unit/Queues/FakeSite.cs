using System.Collections.Concurrent;
using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Queues;
using TauPipeline.Tests.EngineHost;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>
/// A batch system without machines: its jobs do their rows' work in this process, after a while, and get lost as often as wanted. What is
/// asked of it is counted.
/// </summary>
internal sealed class FakeSite(int lostOf100, int lateOf100) : IBatchSystem
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(20), Late = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<JobId, string> _there = new();
    private readonly ConcurrentDictionary<JobId, JobEnd> _ended = new();
    private int _submitted, _jobs;

    /// <summary>Jobs that were submitted.</summary>
    public int Jobs => _jobs;

    /// <summary>Arrays that were submitted.</summary>
    public int Arrays => _submitted;

    /// <summary>Jobs that were told of in all looks together.</summary>
    public int Told { get; private set; }

    /// <summary>Looks.</summary>
    public int Looks { get; private set; }

    /// <summary>Answers nothing as long as it is set.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Takes the next array, but does not say so.</summary>
    public bool SwallowsAnswer { get; set; }

    public string Name => "Fake";

    public Task<string> Submit(WaveFolder folder, JobRequest request, CancellationToken cancellation)
    {
        Answer();
        string id = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _submitted)}");
        WaveFile wave = WaveFile.Parse(File.ReadAllBytes(folder.File));
        foreach (int job in Enumerable.Range(0, request.Jobs))
        {
            int number = Interlocked.Increment(ref _jobs);
            _there[new JobId(id, job)] = folder.Name;
            _ = Task.Run(() => Do(new JobId(id, job), folder, wave, number), CancellationToken.None);
        }
        if (!SwallowsAnswer) return Task.FromResult(id);
        SwallowsAnswer = false;
        throw new SiteSilenceException("timed out");
    }

    public Task<string?> Find(string wave, CancellationToken cancellation)
    {
        Answer();
        return Task.FromResult(_there.Where(job => job.Value == wave).Select(job => job.Key.Id).FirstOrDefault());
    }

    public Task<IReadOnlyDictionary<JobId, JobState>> Look(IReadOnlyList<string> waves, CancellationToken cancellation)
    {
        Answer();
        Looks++;
        var jobs = _there.Where(job => waves.Contains(job.Value)).ToDictionary(job => job.Key, _ => new JobState("node", null, false));
        Told += jobs.Count;
        return Task.FromResult<IReadOnlyDictionary<JobId, JobState>>(jobs);
    }

    public Task<JobEnd> EndOf(JobId job, CancellationToken cancellation)
    {
        Answer();
        return Task.FromResult(_ended.GetValueOrDefault(job, new JobEnd("gone", JobEndKind.Lost)));
    }

    public Task Cancel(string id, IReadOnlyList<int> elements, CancellationToken cancellation)
    {
        Answer();
        return Task.CompletedTask;
    }

    private void Answer()
    {
        if (IsSilent) throw new SiteSilenceException("nobody there");
    }

    // Which jobs get lost, or come late, is a matter of their number.
    private async Task Do(JobId job, WaveFolder folder, WaveFile wave, int number)
    {
        int draw = new Random(number).Next(100);
        bool isLost = draw < lostOf100;
        await Task.Delay(!isLost && draw < lostOf100 + lateOf100 ? Late : Usual);
        if (!isLost)
            foreach (int row in wave.RowsOf(job.Element))
            {
                StepChild.Execute(wave.Rows[row].Plan, wave.Rows[row].Row, ToyCampaign.Compose, CancellationToken.None);
                folder.End(row, new RowEndFile("exit code 0", "", false, 0, "node"));
            }
        _ended[job] = isLost ? new JobEnd("node failed", JobEndKind.Lost) : new JobEnd("done", JobEndKind.Done);
        _there.TryRemove(job, out _);
    }
}
