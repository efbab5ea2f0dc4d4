using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

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
    /// <param name="take">Is lent the bytes of every record, in order, and told where they stand; throws
    /// <see cref="InvalidDataException"/> at what is none.</param>
    /// <exception cref="Foundation.Misuse">A newer version wrote it: nothing is touched.</exception>
    public static LogFile Open(string path, string reserve, Action<string> note, Action<ReadOnlyMemory<byte>, LogPlace> take)
    {
        if (Other(path) is { } other)
            note(
                $"the build log {other.What}: renamed to {Path.GetFileName(SetAside(path, other.Kind))}; every step counts as never built");

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            long length = file.Length;
            (long good, int records) = Scan(file.SafeFileHandle, take);
            if (good < length) note($"the build log was torn: {length - good} bytes after record {records} were cut off");
            if (good == 0) { file.SetLength(0); file.Write(LogFormat.Header); }
            else { file.SetLength(good); file.Position = good; }
            if (!File.Exists(reserve)) File.WriteAllBytes(reserve, new byte[ReserveSize]);
            return new LogFile(path, reserve, file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives everything a log remembers, read without changing it; nothing if it is missing or damaged.</summary>
    /// <returns>The file, to read more of it.</returns>
    /// <exception cref="Foundation.Misuse">A newer version wrote it.</exception>
    public static SafeFileHandle? Read(string path, Action<ReadOnlyMemory<byte>, LogPlace> take)
    {
        if (!File.Exists(path) || Other(path) is not null) return null;
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Scan(file, take);
        return file;
    }

    /// <summary>The bytes of the record that stands there, read again.</summary>
    public ReadOnlyMemory<byte> At(LogPlace place) => At(_file.SafeFileHandle, place);

    /// <summary>The same of a file that is only read.</summary>
    public static ReadOnlyMemory<byte> At(SafeFileHandle file, LogPlace place)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(place.Length);
        int filled = 0;
        for (int read; filled < bytes.Length && (read = RandomAccess.Read(file, bytes.AsSpan(filled), place.Offset + filled)) > 0;)
            filled += read;
        return bytes.AsMemory(0, filled);
    }

    /// <summary>Adds a record; it has left the process when this returns.</summary>
    /// <returns>Where it stands.</returns>
    public LogPlace Append(LogRecord record)
    {
        ReadOnlySpan<byte> framed = Frame(record, _frame);
        long end = _file.Position;
        while (true)
        {
            try
            {
                _file.Write(framed);
                return new LogPlace(end + PrefixSize, framed.Length - PrefixSize);
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
    /// <exception cref="IOException">The disk refuses, and this log has been taken away.</exception>
    public LogFile Replace(IEnumerable<LogRecord> records)
    {
        string fresh = _path + ".new";
        FileStream? file = null;
        try
        {
            // Neither is closed before the new one stands in its place, so that there is one to append to whatever happens.
            file = new FileStream(fresh, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            Write(file, records);
            File.Move(fresh, _path, overwrite: true);
            _file.Dispose();
            return new LogFile(_path, _reserve, file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            Remove(fresh);
            if (!File.Exists(_path)) throw;
            return this;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(FileStream to, IEnumerable<LogRecord> records)
    {
        var buffer = new BufferedStream(to, 1 << 16);
        buffer.Write(LogFormat.Header);
        foreach (LogRecord record in records) buffer.Write(Frame(record, _frame));
        buffer.Flush();
        to.Flush(flushToDisk: true);
    }

    // Whoever stands there under that name and is no file is not ours to remove.
    private static void Remove(string fresh)
    {
        try { if (File.Exists(fresh)) File.Delete(fresh); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { /* the next compaction writes over it */ }
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

    // What a file is that is there and no log of this format.
    private static (string What, string Kind)? Other(string path)
    {
        if (!File.Exists(path)) return null;
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> head = stackalloc byte[LogFormat.MostOfHeader];
        head = head[..RandomAccess.Read(file, head, 0)];
        if (head.IsEmpty || LogFormat.IsCurrent(head, path)) return null;
        return LogFormat.Of(head) is { } older
            ? ($"has format {older}, which this version does not read", $"format-{older}")
            : ("is not one", "corrupt");
    }

    // How many bytes, and records in them, are whole.
    private static (long Good, int Records) Scan(SafeFileHandle file, Action<ReadOnlyMemory<byte>, LogPlace> take)
    {
        var blocks = new LogBlocks(file);
        int records = 0, header = blocks.Peek(LogFormat.Header.Length).Length;
        blocks.Skip(header);
        long good = header;
        while (blocks.Left >= PrefixSize)
        {
            ReadOnlySpan<byte> prefix = blocks.Peek(PrefixSize).Span;
            int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            uint sum = BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]);
            if (length is < 1 or > LargestRecord || length > blocks.Left - PrefixSize) break;
            ReadOnlyMemory<byte> body = blocks.Peek(PrefixSize + length)[PrefixSize..];
            if (body.Length < length || Crc32C.Of(body.Span) != sum) break;
            try { take(body, new LogPlace(good + PrefixSize, length)); }
            catch (InvalidDataException) { break; }
            blocks.Skip(PrefixSize + length);
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
