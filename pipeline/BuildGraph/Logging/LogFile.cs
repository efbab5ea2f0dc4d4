using System.Buffers.Binary;

namespace TauPipeline.BuildGraph;

/// <summary>
/// An append-only file of records, each with its length and CRC-32C. What a crash left torn at the end is cut off when
/// the file is opened for writing; a reader only stops before it.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private const int PrefixSize = 8;
    private const int ReserveSize = 64 << 10;
    private const int LargestRecord = 1 << 30;
    private readonly string _path, _reserve;
    private readonly FileStream _file;
    private readonly LogWriter _frame = new();

    private LogFile(string path, string reserve, FileStream file)
    {
        _path = path;
        _reserve = reserve;
        _file = file;
    }

    /// <summary>Bytes written so far.</summary>
    public long Length => _file.Length;

    /// <summary>Opens the log to append to it; makes it, and sets a damaged one aside, where necessary.</summary>
    /// <param name="path">The log.</param>
    /// <param name="reserve">A file whose only use is to be deleted when the disk is full, so that the last records still fit.</param>
    /// <param name="note">Is told what was repaired.</param>
    /// <param name="take">Is given everything that it remembers, in order.</param>
    /// <exception cref="Foundation.Misuse">A newer version wrote it: nothing is touched.</exception>
    public static LogFile Open(string path, string reserve, Action<string> note, Action<LogRecord> take)
    {
        byte[] bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (bytes.Length > 0 && !LogFormat.IsCurrent(bytes, path))
        {
            (string what, string kind) = LogFormat.Of(bytes) is { } older ? ($"has format {older}, which this version does not read", $"format-{older}") : ("is not one", "corrupt");
            note($"the build log {what}: renamed to {Path.GetFileName(SetAside(path, kind))}; every step counts as never built");
            bytes = [];
        }
        (int good, int records) = Decode(bytes, take);
        if (good < bytes.Length) note($"the build log was torn: {bytes.Length - good} bytes after record {records} were cut off");

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            if (good == 0) { file.SetLength(0); file.Write(LogFormat.Header); }
            else { file.SetLength(good); file.Position = good; }
            if (!File.Exists(reserve)) File.WriteAllBytes(reserve, new byte[ReserveSize]);
            return new LogFile(path, reserve, file);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives everything a log remembers, read without changing it; nothing if it is missing or damaged.</summary>
    /// <exception cref="Foundation.Misuse">A newer version wrote it.</exception>
    public static void Read(string path, Action<LogRecord> take)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is var bytes && LogFormat.IsCurrent(bytes, path)) Decode(bytes, take);
    }

    /// <summary>Adds a record; it has left the process when this returns.</summary>
    public void Append(LogRecord record)
    {
        ReadOnlySpan<byte> framed = Frame(record, _frame);
        long end = _file.Position;
        while (true)
        {
            try
            {
                _file.Write(framed);
                return;
            }
            catch (IOException)
            {
                // Half a record would hide all that are appended after it, once there is room again.
                _file.SetLength(end);
                _file.Position = end;
                if (!File.Exists(_reserve)) throw;
                File.Delete(_reserve);
            }
        }
    }

    /// <summary>Makes everything so far survive a loss of power.</summary>
    public void Sync() => _file.Flush(flushToDisk: true);

    /// <summary>Writes another log with these records and puts it in place of this one, which stays where the disk refuses.</summary>
    /// <returns>The log that is in use now, to be appended to.</returns>
    public LogFile Replace(IEnumerable<LogRecord> records)
    {
        string fresh = _path + ".new";
        if (!TryWrite(fresh, records)) return this;
        _file.Dispose();
        File.Move(fresh, _path, overwrite: true);
        var file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        file.Position = file.Length;
        return new LogFile(_path, _reserve, file);
    }

    public void Dispose() => _file.Dispose();

    private bool TryWrite(string fresh, IEnumerable<LogRecord> records)
    {
        try
        {
            using var to = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            to.Write(LogFormat.Header);
            foreach (LogRecord record in records) to.Write(Frame(record, _frame));
            to.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever stands there under that name and is no file is not ours to remove.
            if (File.Exists(fresh)) File.Delete(fresh);
            return false;
        }
    }

    private static ReadOnlySpan<byte> Frame(LogRecord record, LogWriter frame)
    {
        frame.Clear(PrefixSize);
        LogCode.Encode(record, frame);
        Span<byte> bytes = frame.Bytes;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - PrefixSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Crc32C.Of(bytes[PrefixSize..]));
        return bytes;
    }

    // Records are cut from the one array, which stays: most of it is what they hold.
    private static (int Good, int Records) Decode(byte[] bytes, Action<LogRecord> take)
    {
        int records = 0, good = bytes.Length == 0 ? 0 : LogFormat.Header.Length;
        while (bytes.Length - good >= PrefixSize)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(good));
            if (length is < 1 or > LargestRecord || length > bytes.Length - good - PrefixSize) break;
            ReadOnlyMemory<byte> body = bytes.AsMemory(good + PrefixSize, length);
            if (Crc32C.Of(body.Span) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(good + 4))) break;
            try { take(LogCode.Decode(body)); }
            catch (IOException) { break; }
            good += PrefixSize + length;
            records++;
        }
        return (good, records);
    }

    private static string SetAside(string path, string kind)
    {
        int number = 1;
        while (File.Exists($"{path}.{kind}-{number}")) number++;
        string aside = $"{path}.{kind}-{number}";
        File.Move(path, aside);
        return aside;
    }
}
