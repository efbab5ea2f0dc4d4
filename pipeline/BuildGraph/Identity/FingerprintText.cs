using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Builds the bytes of a fingerprint: each part as two UTF-8 texts with their lengths before them. Reused from step to step.
/// </summary>
internal sealed class FingerprintText
{
    /// <summary>Raised when the meaning of a part changes: then every step is stale once.</summary>
    private const string KeyFormat = "3";

    private const int LengthSize = 4;
    private static readonly byte[] SeedStart = [4, 0, 0, 0, .. "seed"u8];
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>What a fingerprint with a seed begins with.</summary>
    public static ReadOnlySpan<byte> SeedHead => SeedStart;

    /// <summary>All so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins again with nothing.</summary>
    public void Clear() => _length = 0;

    /// <summary>Begins again with the parts of a step whose inputs have these contents, in the order of <see cref="Step.Reads"/>.</summary>
    public void Set(Step step, ContentHash? code, IReadOnlyList<InputContent> inputs, ulong? seed)
    {
        Clear();
        if (seed is { } known) Add(Fingerprint.SeedPart(known));
        AddIdentity(step, code);
        Add(step.Settings);
        AddOutputs(step);
        for (int i = 0; i < inputs.Count; i++) inputs[i].AddTo(this, step.Reads[i]);
    }

    /// <summary>Who the step is, and the code and tools it works with.</summary>
    public void AddIdentity(Step step, ContentHash? code)
    {
        Add("key format", KeyFormat);
        Add("step", step.Id);
        Add("revision", step.Revision.ToString(CultureInfo.InvariantCulture));
        if (code is { } hash) Add(hash, "code ", step.Stage);
        if (step.Tools.Count > 0) Add("tools", SettingsUsed.Canonical(step.Tools)[1..^1]); // without the brackets: people read it
    }

    /// <summary>Settings consumed.</summary>
    public void Add(SettingsUsed settings)
    {
        for (int i = 0; i < settings.Paths.Count; i++) Add("setting ", settings.Paths[i], settings.Values[i]);
    }

    /// <summary>The environment of the step's child, and what it writes.</summary>
    public void AddOutputs(Step step)
    {
        if (step.Environment.Count > 0)
            foreach ((string name, string value) in step.Environment) Add("environment ", name, value);
        IReadOnlyList<Artifact> outputs = step.Outputs();
        for (int i = 0; i < outputs.Count; i++) Add("writes ", outputs[i].Path, outputs[i].Kind == ArtifactKind.Folder ? "folder" : "file");
    }

    /// <summary>The identity of what is there so far.</summary>
    public ContentHash Hash() => ContentHash.Of(Bytes);

    /// <summary>One more part.</summary>
    public void Add(string component, string value) => Add(component, "", value);

    /// <summary>One more part; its component is two texts in a row.</summary>
    public void Add(string head, string name, string value)
    {
        int start = Begin();
        Write(head);
        Write(name);
        End(start);
        start = Begin();
        Write(value);
        End(start);
    }

    /// <summary>One more part, a hash; its component is the texts in a row.</summary>
    public void Add(ContentHash value, string head, string name, string between = "", string rest = "", string tail = "")
    {
        int start = Begin();
        Write(head);
        Write(name);
        Write(between);
        Write(rest);
        Write(tail);
        End(start);
        start = Begin();
        value.WriteHex(Room(ContentHash.HexDigits));
        _length += ContentHash.HexDigits;
        End(start);
    }

    /// <summary>The parts of a fingerprint's bytes.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ReadOnlySpan<byte> bytes)
    {
        var parts = new List<KeyValuePair<string, string>>();
        while (bytes.Length > 0) parts.Add(new(Next(ref bytes), Next(ref bytes)));
        return parts;
    }

    private void Add(KeyValuePair<string, string> part) => Add(part.Key, part.Value);

    private int Begin()
    {
        Room(LengthSize);
        _length += LengthSize;
        return _length;
    }

    private void End(int start) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start - LengthSize), _length - start);

    private void Write(string text)
    {
        if (text.Length > 0) _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    private Span<byte> Room(int size)
    {
        if (_length + size > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + size));
        return _bytes.AsSpan(_length, size);
    }

    private static string Next(ref ReadOnlySpan<byte> bytes)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        string text = Encoding.UTF8.GetString(bytes.Slice(LengthSize, length));
        bytes = bytes[(LengthSize + length)..];
        return text;
    }
}
