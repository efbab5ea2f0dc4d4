using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>Compiles as the build does: the same compiler, language, optimisation and reference assemblies.</summary>
internal static class TestCompiler
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private static readonly Lazy<MetadataReference[]> Framework = new(() =>
        [.. Directory.GetFiles(FrameworkFolder(), "*.dll").Select(file => MetadataReference.CreateFromFile(file))]);

    /// <summary>Writes <c>name.dll</c> into a folder; it may refer to all assemblies of ours in <paramref name="beside"/>.</summary>
    public static string Compile(string folder, string name, IEnumerable<(string Path, string Text)> sources, IEnumerable<string> beside)
    {
        string assembly = Path.Combine(folder, name + ".dll");
        var compilation = CSharpCompilation.Create(name,
            [
                .. sources.Prepend(("usings.cs", ImplicitUsings))
                    .Select(source =>
                        CSharpSyntaxTree.ParseText(SourceText.From(source.Item2, System.Text.Encoding.UTF8), Language, source.Item1)),
            ],
            [
                .. Framework.Value,
                .. beside.Where(file => Path.GetFileName(file) != name + ".dll").Select(file => MetadataReference.CreateFromFile(file)),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                deterministic: true,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        using FileStream file = File.Create(assembly);
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(file);
        return result.Success
            ? assembly
            : throw new InvalidOperationException(
                string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(5)));
    }

    // Beside the runtime that runs the tests: shared/Microsoft.NETCore.App/x.y.z and packs/Microsoft.NETCore.App.Ref/x.y.z/ref/net10.0.
    private static string FrameworkFolder()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string packs = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        return Path.Combine(Directory.GetDirectories(packs, "10.*").Order(StringComparer.Ordinal).Last(), "ref", "net10.0");
    }
}
