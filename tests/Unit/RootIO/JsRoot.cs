using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// JSROOT in node: the other implementation that reads what we wrote. Installed by <c>npm ci --ignore-scripts</c> into
/// .artifacts/js/&lt;hash of the lock&gt;.
/// </summary>
internal static class JsRoot
{
    public static string? WhyMissing { get; } = Missing();

    public static JsonElement Read(string file) => Run("read-tree.mjs", file);

    /// <summary>What the records of the trees say of trees, branches and leaves.</summary>
    public static JsonElement ReadTreeRecords(string file) => Run("read-tree-record.mjs", file);

    /// <summary>Top-level fields of an RNTuple, entry by entry.</summary>
    public static JsonElement ReadNTuple(string file, string name, int mostEntries) => Run("read-ntuple.mjs", file, name, $"{mostEntries}");

    /// <summary>Histograms and graphs of a file by name, as JSROOT holds them.</summary>
    public static JsonElement ReadObjects(string file) => Run("read-objects.mjs", file);

    /// <summary>A value of an entry: numbers as doubles, lists in brackets, as <see cref="ColumnTexts"/> has them.</summary>
    public static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Text)) + "]",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        // Integers beyond 2^53 come as text.
        _ => double.Parse(value.GetString()!, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
    };

    private static JsonElement Run(string scriptName, params string[] arguments)
    {
        string script = Path.Combine(Folder(), scriptName);
        File.Copy(Checkout.At("tests", "Unit", "RootIO", "js", scriptName), script, overwrite: true);
        return JsonDocument.Parse(Command.Output("node", [script, .. arguments])).RootElement;
    }

    private static string? Missing()
    {
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "jsroot")))
            return $"needs npm ci --ignore-scripts of tests/Unit/RootIO/js in {Folder()}";
        try
        {
            Command.Run("node", "--version");
            return null;
        }
        catch (System.ComponentModel.Win32Exception) { return "needs node"; }
    }

    private static string Folder()
    {
        byte[] hash = SHA256.HashData(File.ReadAllBytes(Checkout.At("tests", "Unit", "RootIO", "js", "package-lock.json")));
        return Checkout.At(".artifacts", "js", Convert.ToHexStringLower(hash)[..16]);
    }
}

/// <summary>Cases that need JSROOT; skipped, and counted as such, where it is not installed.</summary>
internal sealed class JsRootTheoryAttribute : TheoryAttribute
{
    public JsRootTheoryAttribute() => Skip = JsRoot.WhyMissing;
}

/// <summary>A fact that needs JSROOT; skipped, and counted as such, where it is not installed.</summary>
internal sealed class JsRootFactAttribute : FactAttribute
{
    public JsRootFactAttribute() => Skip = JsRoot.WhyMissing;
}

/// <summary>A fact that needs JSROOT and the public test files.</summary>
internal sealed class JsRootFilesFactAttribute : FactAttribute
{
    public JsRootFilesFactAttribute() => Skip = SharedRootFiles.WhyMissing ?? JsRoot.WhyMissing;
}
