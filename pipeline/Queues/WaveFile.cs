using System.Text.Json;
using System.Text.Json.Serialization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>All that the jobs of a wave have to know, frozen before it is submitted.</summary>
/// <param name="Host">Program and first arguments of the host, which knows <c>exec-step</c>.</param>
/// <param name="Stage">The stage of its rows.</param>
/// <param name="Cpu">Processors of a job.</param>
/// <param name="Memory">Memory of a job, in bytes, with that of the program itself.</param>
/// <param name="Seconds">How long a job may run.</param>
/// <param name="RowsPerJob">Rows that a job works on, one after another.</param>
/// <param name="Rows">The rows.</param>
internal sealed record WaveFile(
    IReadOnlyList<string> Host, string Stage, int Cpu, long Memory, double Seconds, int RowsPerJob, IReadOnlyList<WaveRow> Rows)
{
    /// <summary>How many jobs there are.</summary>
    [JsonIgnore]
    public int Jobs => (Rows.Count + RowsPerJob - 1) / RowsPerJob;

    /// <summary>The job of a row.</summary>
    public int JobOf(int row) => row / RowsPerJob;

    /// <summary>The rows of a job.</summary>
    public IEnumerable<int> RowsOf(int job) =>
        Enumerable.Range(job * RowsPerJob, Math.Max(0, Math.Min(RowsPerJob, Rows.Count - job * RowsPerJob)));

    /// <summary>As bytes of a file.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, QueueJson.Default.WaveFile);

    /// <summary>From the bytes of its file.</summary>
    public static WaveFile Parse(byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, QueueJson.Default.WaveFile) ?? throw new Defect("this is no file of a wave");
}

/// <summary>A row of a wave: what <see cref="FrozenRow"/> is, in a file.</summary>
internal sealed record WaveRow(
    string Step,
    string Fingerprint,
    string Plan,
    int Row,
    string Folder,
    string Result,
    string Log,
    int Attempt,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The name of its attempt.</summary>
    [JsonIgnore]
    public string AttemptName => Path.GetFileName(Folder);

    /// <summary>From a row of the engine.</summary>
    public static WaveRow Of(FrozenRow row) => new(
        row.Step,
        row.Fingerprint.ToString(),
        row.Plan,
        row.Row,
        row.Folder,
        row.Result,
        row.Log,
        row.Attempt,
        row.Environment);

    /// <summary>To a row of the engine; what it needs is known to the batch system.</summary>
    public FrozenRow Thaw() => new(
        Step,
        ContentHash.TryParse(Fingerprint, out ContentHash hash) ? hash : throw new Defect($"'{Fingerprint}' is no fingerprint"),
        Plan,
        Row,
        Folder,
        Result,
        Log,
        Resources.OneCpu,
        Environment)
    { Attempt = Attempt };
}

/// <summary>How a row's process ended, told by the job that ran it.</summary>
internal sealed record RowEndFile(string How, string Tail, bool WasKilled, long PeakMemory, string Machine)
{
    /// <summary>As the engine wants it.</summary>
    public RowEnd Thaw() => new($"{How} on {Machine}", Tail) { WasKilled = WasKilled, PeakMemory = PeakMemory };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WaveFile))]
[JsonSerializable(typeof(RowEndFile))]
internal sealed partial class QueueJson : JsonSerializerContext;
