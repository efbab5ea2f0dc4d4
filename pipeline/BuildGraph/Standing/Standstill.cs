using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// What the last run with nothing to do saw: all that was declared, the log, and the stamp of every file. A run that sees
/// the same has nothing to do either, and needs neither plan nor log to know it. Linux only.
/// </summary>
internal static class Standstill
{
    private const int SumSize = 4, BytesAStep = 320;

    // The number is raised when the meaning of the bytes changes.
    private static ReadOnlySpan<byte> Header => "TAUSTILL1\n"u8;

    /// <summary>The steps that the targets need, in plan order, if nothing has changed since they were all up to date; <see langword="null"/> if that is not known.</summary>
    /// <exception cref="Foundation.StepFailed">Another run has the folder and <see cref="BuildRequest.Wait"/> is false.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Step[]? Find(BuildRequest request, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var folder = new BuildFolder(request.Out);
        try
        {
            if (Read(folder.Standstill) is not { } body) return null;
            var from = new LogReader(body);
            if (!new DeclaredText(request).IsNextIn(ref from)) return null;
            using FolderLock taken = FolderLock.Take(folder, request, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return FileStamp.Of(folder.Log) == from.Stamp() && StampedFiles.Stand(ref from, folder.Root) && AreAll(ref from, folder) ? InPlanOrder(ref from, request) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException) { return null; }
    }

    /// <summary>Remembers that everything was up to date, where stamps alone can vouch for it next time.</summary>
    public static void Keep(Workshop shop)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            if (FilesOf(shop) is not { } files || FileStamp.Of(shop.Folder.Log) is not { } log) return;
            var to = new LogWriter(BytesAStep * shop.Plan.Steps.Count);
            new DeclaredText(shop.Request).Write(to);
            to.Stamp(log);
            StampedFiles.Write(to, files);
            Folders(to, shop);
            Order(to, shop);
            Write(shop.Folder.Standstill, to.Bytes.ToArray());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { /* without it the next run only looks longer */ }
    }

    // Raw files and products, each once; null where a run has more to do than to look at them.
    private static List<KeyValuePair<string, FileStamp>>? FilesOf(Workshop shop)
    {
        if (shop.Log.HasReleased || shop.Log.Unfinished().Count > 0 || shop.Contents.Gone > 0 || Directory.EnumerateFileSystemEntries(shop.Folder.Attempts).Any()) return null;
        var paths = new HashSet<string>(2 * shop.Plan.Steps.Count, StringComparer.Ordinal);
        paths.UnionWith(shop.Plan.Steps.SelectMany(planned => planned.Step.Reads).Select(input => input.Artifact.Source?.Location).OfType<string>());
        foreach (Artifact output in shop.Plan.Steps.SelectMany(planned => planned.Step.Outputs()))
            if (output.Kind == ArtifactKind.Product) paths.Add(output.Path);
            else paths.UnionWith(FolderContent.Files(shop.Folder.Product(output.Path)).Select(file => $"{output.Path}/{file}"));

        var files = new List<KeyValuePair<string, FileStamp>>(paths.Count);
        foreach (string path in paths)
        {
            if (shop.Log.File(shop.Folder.CacheKey(path)) is not { Racy: false } seen) return null;
            files.Add(new(path, seen.Stamp));
        }
        return files;
    }

    // A folder is as it was when none of its files has changed and it has no file more.
    private static void Folders(LogWriter to, Workshop shop)
    {
        Artifact[] folders = [.. shop.Plan.Steps.SelectMany(planned => planned.Step.Outputs()).Where(output => output.Kind == ArtifactKind.Folder)];
        to.Long(folders.Length);
        foreach (Artifact folder in folders)
        {
            to.Text(folder.Path);
            to.Long(FolderContent.Files(shop.Folder.Product(folder.Path)).Count);
        }
    }

    private static bool AreAll(ref LogReader from, BuildFolder folder)
    {
        for (int left = from.Count(); left > 0; left--)
            if (FolderContent.Files(folder.Product(from.Text())).Count != from.Long()) return false;
        return true;
    }

    private static void Order(LogWriter to, Workshop shop)
    {
        var places = new Dictionary<Step, int>();
        foreach (Step step in shop.Request.Stages.SelectMany(stage => stage.Steps())) places.Add(step, places.Count);
        to.Long(shop.Plan.Steps.Count);
        foreach (PlannedStep planned in shop.Plan.Steps) to.Long(places[planned.Step]);
    }

    private static Step[] InPlanOrder(ref LogReader from, BuildRequest request)
    {
        List<Step> declared = [];
        foreach (IStage stage in request.Stages) declared.AddRange(stage.Steps());
        var steps = new Step[from.Count()];
        for (int i = 0; i < steps.Length; i++)
            steps[i] = from.Long() is var place && place >= 0 && place < declared.Count ? declared[(int)place] : throw new InvalidDataException($"step {place} of {declared.Count}");
        return steps;
    }

    private static ReadOnlyMemory<byte>? Read(string path)
    {
        if (!File.Exists(path)) return null;
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] all = GC.AllocateUninitializedArray<byte>((int)Math.Min(RandomAccess.GetLength(file), Array.MaxLength));
        int start = Header.Length + SumSize;
        if (all.Length < start || RandomAccess.Read(file, all, 0) < all.Length || !all.AsSpan().StartsWith(Header)) return null;
        return BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(Header.Length)) == Crc32C.Of(all.AsSpan(start)) ? all.AsMemory(start) : null;
    }

    private static void Write(string path, byte[] body) => WholeFile.WriteStream(path, file =>
    {
        Span<byte> sum = stackalloc byte[SumSize];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, Crc32C.Of(body));
        file.Write(Header);
        file.Write(sum);
        file.Write(body);
    });
}
