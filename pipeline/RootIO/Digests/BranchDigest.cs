using System.Text;
using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>
/// All values of one branch in short: counts, sum, ends and hashes, comparable with what other readers find (guide section 11).
/// Unit of counts: values; texts; fixed arrays count as their values, but offsets count them as one.
/// </summary>
public sealed record BranchDigest
{
    /// <summary>File name without its folders.</summary>
    public required string File { get; init; }

    /// <summary>The tree's path with its cycle: <c>dir/tree;1</c>.</summary>
    public required string Tree { get; init; }

    /// <summary>The branch's path below the tree, parents joined by <c>/</c>.</summary>
    public required string Branch { get; init; }

    /// <summary>The leaf, where the branch has several; else null.</summary>
    public string? Field { get; init; }

    /// <summary><c>fixed</c>, <c>jagged1</c> to <c>jagged3</c>, <c>string</c>, <c>string_jagged1</c> and so on.</summary>
    public required string Kind { get; init; }

    /// <summary><c>bool</c>, <c>i8</c> to <c>u64</c>, <c>f32</c>, <c>f64</c>, or <c>utf8</c>.</summary>
    public required string DataType { get; init; }

    /// <summary>Number of values, or of texts.</summary>
    public required long Count { get; init; }

    /// <summary>Sum of the finite values in double; null for text.</summary>
    public double? Sum { get; init; }

    /// <summary>NaN and infinite values; null for text.</summary>
    public long? NonFinite { get; init; }

    /// <summary>
    /// The first three values, each as JSON: <c>1.5</c>, <c>true</c>, <c>"GT"</c>, <c>"nan"</c>, integers beyond 2^53 as
    /// <c>"9007199254740993"</c>.
    /// </summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>The last three values, as <see cref="First"/>.</summary>
    public required IReadOnlyList<string> Last { get; init; }

    /// <summary>Hash of all values end to end, little-endian (bool as 0 and 1, text as its bytes), in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// For each level the hash of its offsets as little-endian int64 from 0, for the last level of text in bytes; null for fixed.
    /// </summary>
    public IReadOnlyList<string>? OffsetsSha256 { get; init; }

    /// <summary>For each level the number of its offsets: one more than lists; null for fixed.</summary>
    public IReadOnlyList<long>? OffsetsCounts { get; init; }

    /// <summary>Reads the whole branch, a batch at a time.</summary>
    /// <exception cref="Foundation.StepFailed">The branch is not read, or is damaged.</exception>
    public static BranchDigest Of(RootTree tree, RootBranch branch, CancellationToken cancellation = default)
    {
        using var digest = new BranchDigestBuilder(
            branch.Shape ?? throw RootErrors.NotRead(tree.PlaceOf(branch), branch.TypeName, branch.WhyNotRead!));
        foreach (RootBatch batch in tree.ReadColumns([branch], RootReadOptions.All with { Cancellation = cancellation }))
            digest.Add(batch.Columns[0]);
        return digest.Finish(System.IO.Path.GetFileName(tree.File), $"{tree.Path};{tree.Cycle}", branch.BranchPath, branch.Field);
    }

    /// <summary>
    /// One line of JSON: file, tree, branch, (field,) kind, dtype, n, sum, first, last, sha256, offsets_sha256, offsets_n, nonfinite;
    /// null where there is none.
    /// </summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonForm.Line))
        {
            json.WriteStartObject();
            json.WriteString("file", File);
            json.WriteString("tree", Tree);
            json.WriteString("branch", Branch);
            if (Field is not null) json.WriteString("field", Field);
            json.WriteString("kind", Kind);
            json.WriteString("dtype", DataType);
            json.WriteNumber("n", Count);
            Write(json, "sum", Sum);
            WriteRaw(json, "first", First);
            WriteRaw(json, "last", Last);
            json.WriteString("sha256", Sha256);
            WriteRaw(json, "offsets_sha256", OffsetsSha256?.Select(hash => $"\"{hash}\""));
            WriteRaw(json, "offsets_n", OffsetsCounts?.Select(count => $"{count}"));
            Write(json, "nonfinite", NonFinite);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        // A sum of finite values may itself pass the largest double.
        if (value is { } number && double.IsFinite(number)) json.WriteRawValue(DigestText.Of(number));
        else json.WriteNullValue();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, IEnumerable<string>? values)
    {
        json.WritePropertyName(name);
        if (values is null) json.WriteNullValue();
        else json.WriteRawValue("[" + string.Join(",", values) + "]");
    }
}
