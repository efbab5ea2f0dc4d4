// The launcher: builds the host once per state of the sources, into .artifacts/host/<stamp>/, and becomes it.
using System.Runtime.InteropServices;
using System.Security.Cryptography;

var root = Environment.CurrentDirectory;
var hosts = System.IO.Path.Combine(root, ".artifacts", "host");
var host = System.IO.Path.Combine(hosts, Stamp());
if (!System.IO.Directory.Exists(host)) BuildHost();
System.IO.Directory.SetLastWriteTimeUtc(host, DateTime.UtcNow); // what was used last is pruned last

// Becoming the host, not starting it: same pid, so signals and the exit code need nobody to hand them on.
var arguments = Environment.GetCommandLineArgs().Skip(1).SkipWhile(word => word.EndsWith(".cake")).ToArray();
var dotnet = Environment.ProcessPath;
Console.Out.Flush();
Native.execv(dotnet, [dotnet, "exec", System.IO.Path.Combine(host, "TauPipeline.Host.dll"), .. arguments, null]);
throw new InvalidOperationException($"cannot start {dotnet}: error {Marshal.GetLastPInvokeError()}");

// Everything that can change what the host does: scripts and style sheets as well as code.
string Stamp()
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    var files = new[] { "build", "pipeline", "stages" }.SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Concat(System.IO.Directory.EnumerateFiles(".", "*.props")).Concat(["build.cake", "global.json", ".editorconfig", ".config/dotnet-tools.json"]);
    foreach (var file in files.Where(file => !file.Contains("/node_modules/")).Order(StringComparer.Ordinal))
    {
        var bytes = System.IO.File.ReadAllBytes(file);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{file}\0{bytes.Length}\0"));
        hash.AppendData(bytes);
    }
    return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
}

void BuildHost()
{
    System.IO.Directory.CreateDirectory(hosts);
    using var onlyOne = LockFile(System.IO.Path.Combine(hosts, ".lock"));
    if (System.IO.Directory.Exists(host)) return; // another call has built it meanwhile
    var unfinished = $"{host}.{Environment.ProcessId}";
    Console.Error.WriteLine("building the pipeline (once per change of its sources)");
    var info = new System.Diagnostics.ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
    foreach (var word in new[] { "publish", "build/Host", "-o", unfinished, "-v:q", "-tl:off", "-nologo", "-clp:NoSummary", "-p:RunAnalyzers=false" }) info.ArgumentList.Add(word);
    using var build = System.Diagnostics.Process.Start(info);
    using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => build.Kill(entireProcessTree: true));
    for (string line; (line = build.StandardOutput.ReadLine()) is not null;) Console.Error.WriteLine(line); // stdout is the host's own
    build.WaitForExit();
    if (build.ExitCode != 0) { Console.Error.WriteLine("the pipeline does not compile"); Environment.Exit(3); }
    System.IO.Directory.Move(unfinished, host);
    foreach (var old in new System.IO.DirectoryInfo(hosts).GetDirectories().OrderByDescending(folder => folder.LastWriteTimeUtc).Skip(4)) Prune(old);
}

FileStream LockFile(string path)
{
    while (true)
        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { System.Threading.Thread.Sleep(100); }
}

// A running host holds its own dll open for shared reading; who cannot open it alone must leave it.
void Prune(System.IO.DirectoryInfo old)
{
    try { using (new FileStream(System.IO.Path.Combine(old.FullName, "TauPipeline.Host.dll"), FileMode.Open, FileAccess.Read, FileShare.None)) old.Delete(recursive: true); }
    catch (IOException) { }
}

static class Native
{
    [DllImport("libc", SetLastError = true)] public static extern int execv(string path, string[] arguments);
}
