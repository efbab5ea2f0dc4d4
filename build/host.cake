// The compiled host: found by a stamp over its sources, or built.
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IODirectory = System.IO.Directory;
using IOFile = System.IO.File;
using IOPath = System.IO.Path;

const int CopiesKept = 4;
const int MostBuilds = 3;
const int StampLength = 16;

string HostCopy()
{
    var copies = IOPath.Combine(Environment.CurrentDirectory, ".artifacts", "host");
    for (var tries = 0; tries < MostBuilds; tries++)
    {
        var stamp = Stamp();
        var copy = IOPath.Combine(copies, stamp);
        if (!IODirectory.Exists(copy) && !BuildInto(copy, copies, stamp)) continue;
        IODirectory.SetLastWriteTimeUtc(copy, DateTime.UtcNow); // what was used last is pruned last
        return copy;
    }
    Console.Error.WriteLine("the sources change faster than they can be compiled: run it again once they hold still");
    Environment.Exit(2);
    return null;
}

// Everything that can change what the host does: scripts and style sheets as well as code. Read only when a name, size or
// time of change is another than when it was last read.
string Stamp()
{
    var files = new[] { "build", "pipeline", "stages" }.SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        .Concat(new DirectoryInfo(".").EnumerateFiles("*.props")).Concat(new[] { "build.cake", "global.json", ".config/dotnet-tools.json" }.Select(file => new FileInfo(file)))
        .Where(file => !file.FullName.Contains("/node_modules/")).OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
    var look = new System.Text.StringBuilder();
    foreach (var file in files) look.Append(file.FullName).Append(' ').Append(file.Length).Append(' ').Append(file.LastWriteTimeUtc.Ticks).Append('\n');

    var memory = IOPath.Combine(".artifacts", "host", ".stamp");
    var known = IOFile.Exists(memory) ? IOFile.ReadAllText(memory) : "";
    if (known.Length > StampLength && known.AsSpan(StampLength).SequenceEqual(look.ToString())) return known[..StampLength];

    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var file in files)
    {
        var bytes = IOFile.ReadAllBytes(file.FullName);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{IOPath.GetRelativePath(".", file.FullName)}\0{bytes.Length}\0"));
        hash.AppendData(bytes);
    }
    var stamp = Convert.ToHexStringLower(hash.GetHashAndReset())[..StampLength];
    IODirectory.CreateDirectory(IOPath.GetDirectoryName(memory));
    IOFile.WriteAllText($"{memory}.{Environment.ProcessId}", stamp + look);
    IOFile.Move($"{memory}.{Environment.ProcessId}", memory, overwrite: true);
    return stamp;
}

// Whether what was built is of the state that the stamp stands for: nobody knows which edits of the meantime the compiler saw.
bool BuildInto(string copy, string copies, string stamp)
{
    IODirectory.CreateDirectory(copies);
    using var onlyOne = LockFile(IOPath.Combine(copies, ".lock"));
    if (IODirectory.Exists(copy)) return true; // another call has built it meanwhile

    var unfinished = $"{copy}.{Environment.ProcessId}";
    Console.Error.WriteLine("building the pipeline (once per change of its sources)");
    var info = new System.Diagnostics.ProcessStartInfo(Environment.ProcessPath) { RedirectStandardOutput = true };
    // Compiled ahead of time: a run with nothing to do is mostly start-up, and this halves it.
    var runtime = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    foreach (var word in new[] { "publish", "build/Host", "-o", unfinished, "-r", runtime, "--self-contained", "false", "-p:PublishReadyToRun=true", "-v:q", "-tl:off", "-nologo", "-clp:NoSummary", "-p:RunAnalyzers=false" })
        info.ArgumentList.Add(word);
    using var build = System.Diagnostics.Process.Start(info);
    using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => build.Kill(entireProcessTree: true));
    for (string line; (line = build.StandardOutput.ReadLine()) is not null;) Console.Error.WriteLine(line); // stdout is the host's own
    build.WaitForExit();
    if (build.ExitCode != 0)
    {
        Console.Error.WriteLine("the pipeline does not compile");
        Environment.Exit(3);
    }
    if (Stamp() != stamp)
    {
        Console.Error.WriteLine("the sources changed while they were compiled: building again");
        IODirectory.Delete(unfinished, recursive: true);
        return false;
    }
    IODirectory.Move(unfinished, copy);
    foreach (var old in new DirectoryInfo(copies).GetDirectories().OrderByDescending(folder => folder.LastWriteTimeUtc).Skip(CopiesKept)) Prune(old);
    return true;
}

FileStream LockFile(string path)
{
    while (true)
        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { System.Threading.Thread.Sleep(100); }
}

// A running host holds its own dll open for shared reading; who cannot open it alone must leave it.
void Prune(DirectoryInfo old)
{
    var dll = IOPath.Combine(old.FullName, "TauPipeline.Host.dll");
    try
    {
        using var alone = IOFile.Exists(dll) ? new FileStream(dll, FileMode.Open, FileAccess.Read, FileShare.None) : null;
        old.Delete(recursive: true);
    }
    catch (IOException) { }
}
