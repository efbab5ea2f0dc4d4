using System.IO.Compression;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>
/// Named tensors and a few texts in the zip that <c>torch.save</c> writes: <c>torch.load(f, weights_only=True)</c> gives an
/// ordered dictionary; the texts stand under <c>archive/extra/</c>, where TorchScript keeps its own. Same content, same bytes.
/// </summary>
public sealed record TorchFile(IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Texts)
{
    private const string Extra = "/extra/";

    // The earliest that a zip can say; torch writes it too.
    private static readonly DateTimeOffset s_epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The tensor of this name.</summary>
    /// <exception cref="StepFailed">There is none.</exception>
    public StoredTensor Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw TensorErrors.NotACheckpoint(
            $"no tensor '{name}'; nearest: {ErrorText.Nearest(name, Tensors.Select(tensor => tensor.Name))}");

    /// <summary>Writes the file; <paramref name="to"/> need not be seekable.</summary>
    public void Write(Stream to)
    {
        // A zip says other things about an entry when it cannot seek back to it: always by way of memory.
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "archive/data.pkl", PickleWriter.Dictionary(Tensors));
            Add(zip, "archive/byteorder", "little"u8);
            for (int key = 0; key < Tensors.Count; key++) Add(zip, $"archive/data/{key}", Tensors[key].Bytes.Span);
            Add(zip, "archive/version", "3\n"u8);
            foreach ((string name, string text) in Texts.OrderBy(text => text.Key, StringComparer.Ordinal))
                Add(zip, "archive" + Extra + name, Encoding.UTF8.GetBytes(text));
        }
        memory.Position = 0;
        memory.CopyTo(to);
    }

    /// <summary>Reads a file of ours or of <c>torch.save</c> (a dictionary of plain float32 and int64 tensors).</summary>
    /// <exception cref="StepFailed">It is not such a file.</exception>
    public static TorchFile Read(Stream from)
    {
        try
        {
            using var zip = new ZipArchive(from, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry pickle = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
                ?? throw TensorErrors.NotACheckpoint("a zip without data.pkl");
            string folder = pickle.FullName[..^"/data.pkl".Length];
            var reader = new PickleReader(Bytes(pickle, from.Length), key =>
                Bytes(zip.GetEntry($"{folder}/data/{key}") ?? throw TensorErrors.NotACheckpoint($"no storage '{key}'"), from.Length));
            return new(reader.Tensors(), zip.Entries.Where(entry => entry.FullName.StartsWith(folder + Extra, StringComparison.Ordinal))
                .ToDictionary(
                    entry => entry.FullName[(folder.Length + Extra.Length)..],
                    entry => Encoding.UTF8.GetString(Bytes(entry, from.Length)),
                    StringComparer.Ordinal));
        }
        catch (Exception cause) when (cause is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            throw TensorErrors.NotACheckpoint(cause.Message);
        }
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_epoch;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }

    // torch stores, it does not compress: an entry that claims more than the file holds lies.
    private static byte[] Bytes(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most)
            throw TensorErrors.NotACheckpoint($"an entry '{entry.FullName}' of {entry.Length} bytes in a file of {most}");
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
