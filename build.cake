// The launcher: builds the host once per state of its sources, into .artifacts/host/<stamp>/, and becomes it.
#load "build/host.cake"
using System.Runtime.InteropServices;

var host = HostCopy();

// Becoming the host, not starting it: same pid, so signals and the exit code need nobody to hand them on.
var arguments = Environment.GetCommandLineArgs().Skip(1).SkipWhile(word => word.EndsWith(".cake"));
var dotnet = Environment.ProcessPath;
Native.setenv("DOTNET_EnableWriteXorExecute", "0", 0); // saves a tenth of the start; there is no code here that one would guard against
Console.Out.Flush();
Native.execv(dotnet, [dotnet, "exec", System.IO.Path.Combine(host, "TauPipeline.Host.dll"), .. arguments, null]);
throw new InvalidOperationException($"cannot start {dotnet}: error {Marshal.GetLastPInvokeError()}");

static class Native
{
    [DllImport("libc", SetLastError = true)] public static extern int execv(string path, string[] arguments);
    [DllImport("libc")] public static extern int setenv(string name, string value, int overwrite);
}
