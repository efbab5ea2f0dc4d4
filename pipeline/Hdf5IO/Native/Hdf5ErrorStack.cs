using System.Runtime.InteropServices;

namespace TauPipeline.Hdf5IO.Native;

/// <summary>What HDF5 says about the call that just failed on this thread.</summary>
internal static unsafe class Hdf5ErrorStack
{
    /// <summary>Its messages from the call down to the cause, joined; empties the stack.</summary>
    public static string Take()
    {
        List<string> messages = [];
        GCHandle handle = GCHandle.Alloc(messages);
        try { _ = H5.H5Ewalk2(0, H5.ErrorDownward, &Collect, GCHandle.ToIntPtr(handle)); }
        finally { handle.Free(); }
        _ = H5.H5Eclear2(0);
        return messages.Count > 1 ? $"{messages[0]}: {messages[^1]}" : messages.FirstOrDefault("no reason given");
    }

    [UnmanagedCallersOnly]
    private static int Collect(uint index, H5.NativeError* error, void* data)
    {
        var messages = (List<string>)GCHandle.FromIntPtr((nint)data).Target!;
        messages.Add(WithoutClock(Marshal.PtrToStringUTF8(error->Description) ?? ""));
        return 0;
    }

    // Messages of the file drivers carry "time = Sun Nov 22 10:46:37 2026\n, ": logs that are compared must not.
    private static string WithoutClock(string message)
    {
        int from = message.IndexOf("time = ", StringComparison.Ordinal);
        int to = from < 0 ? -1 : message.IndexOf(", ", from, StringComparison.Ordinal);
        return to < 0 ? message : message.Remove(from, to + 2 - from);
    }
}
