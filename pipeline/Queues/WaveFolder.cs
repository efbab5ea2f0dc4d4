using System.Globalization;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>The folder of a wave, on the file system that all machines share: its rows, its name, which of them have ended.</summary>
internal sealed class WaveFolder(string root)
{
    /// <summary>The wave's name, under which it is submitted.</summary>
    public string Name => Path.GetFileName(root);

    /// <summary>The frozen rows.</summary>
    public string File => Path.Combine(root, "wave.json");

    /// <summary>Where the batch system puts what a job prints itself, by the job's place in the wave.</summary>
    public string Output(string element) => Path.Combine(root, $"job-{element}.out");

    /// <summary>Where a batch system wants a description of the jobs in a file.</summary>
    public string Description => Path.Combine(root, "submit.jdl");

    private string Job => Path.Combine(root, "job");
    private string Ends => Path.Combine(root, "ends");

    /// <summary>All waves of an output folder's queue.</summary>
    public static IEnumerable<WaveFolder> In(string queue) =>
        Directory.Exists(queue)
            ? Directory.GetDirectories(queue).Order(StringComparer.Ordinal).Select(folder => new WaveFolder(folder))
            : [];

    /// <summary>Writes the rows, before anything is submitted.</summary>
    /// <returns>The hash of the file, which its jobs compare.</returns>
    public ContentHash Freeze(WaveFile wave)
    {
        Directory.CreateDirectory(Ends);
        byte[] bytes = wave.ToBytes();
        WholeFile.WriteStream(File, file => file.Write(bytes));
        return ContentHash.Of(bytes);
    }

    /// <summary>What the batch system calls it; <see langword="null"/> if it is not known to have been submitted.</summary>
    public string? Id
    {
        get => System.IO.File.Exists(Job) ? System.IO.File.ReadAllText(Job) : null;
        set => WholeFile.Write(Job, file => System.IO.File.WriteAllText(file, value));
    }

    /// <summary>Tells, from the machine of the job, that a row has ended.</summary>
    public void End(int row, RowEndFile end) => WholeFile.WriteStream(
        PlaceOf(row),
        file => JsonSerializer.Serialize(file, end, QueueJson.Default.RowEndFile));

    /// <summary>Whether a row has ended.</summary>
    public bool HasEnded(int row) => System.IO.File.Exists(PlaceOf(row));

    /// <summary>
    /// The rows that have ended and are not <see cref="Forget">forgotten</see>. One look at one folder, whatever there is: that also makes
    /// a network's file system look again.
    /// </summary>
    public IReadOnlyList<int> Ended()
    {
        if (!Directory.Exists(Ends)) return [];
        const string ending = ".json";
        return
        [
            .. Directory.GetFiles(Ends, "*" + ending)
                .Select(file => Path.GetFileName(file)[..^ending.Length])
                .Where(name => name.All(char.IsAsciiDigit))
                .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
                .Order(),
        ];
    }

    /// <summary>How a row ended.</summary>
    public RowEndFile EndOf(int row)
    {
        using FileStream file = System.IO.File.OpenRead(PlaceOf(row));
        return JsonSerializer.Deserialize(file, QueueJson.Default.RowEndFile) ?? throw new Defect($"{PlaceOf(row)} is no end of a row");
    }

    /// <summary>Leaves a row out of later looks.</summary>
    public void Forget(int row) => System.IO.File.Delete(PlaceOf(row));

    /// <summary>Removes it all.</summary>
    public void Delete()
    {
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }

    private string PlaceOf(int row) => Path.Combine(Ends, row.ToString(CultureInfo.InvariantCulture) + ".json");
}
