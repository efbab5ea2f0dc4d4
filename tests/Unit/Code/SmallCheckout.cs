using System.Collections.Concurrent;
using TauPipeline.Tasks;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>A pipeline of a few types, with everything in it that a compiler makes up names for.</summary>
internal static class SmallCheckout
{
    private const string Engine = """
        namespace TauPipeline.BuildGraph;
        public interface IStage { string Name { get; } string Summary { get; } Action<StepRun> Work(); }
        public class Artifact { }
        public sealed class Artifact<T> : Artifact where T : IProduct<T>;
        public interface IProduct<T> where T : IProduct<T> { static abstract T Read(string from); static abstract void Write(string to, T value); }
        public sealed class StepRun
        {
            public T Read<T>(Artifact<T> from) where T : IProduct<T> => T.Read("engine 1");
        }
        """;

    private const string Foundation = """
        namespace TauPipeline.Foundation;
        [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
        public sealed class OtherCodeAttribute(Type user, string files) : Attribute { public Type User => user; public string Files => files; }
        public static class CounterRandom { public static int Draw() => 17; }
        public static class Hashes { public static int Of() => 18; }
        """;

    private const string Statistics = """
        [assembly: TauPipeline.Foundation.OtherCode(typeof(TauPipeline.Statistics.Renderer), "scripts/*.js")]
        namespace TauPipeline.Statistics;
        public static class Sums
        {
            private static readonly double[] Table = [1.5, 2.5, 3.5, 4.5, 5.5];
            public static double Called(double x) => x + 101;
            public static double Pointed(double x) => x + 102;
            public static double Uncalled(double x) => x + 103;
            public static double Lambda(double[] all) => all.Where(x => x > 104).Sum(x => x * 2);
            public static double Closure(double[] all, double least) { return all.Count(x => x > least + 105); }
            public static double Local(double x) { return Twice(x); double Twice(double y) => y * 106; }
            public static IEnumerable<int> Iterator(int n) { for (int i = 0; i < n; i++) yield return i + 107; }
            public static async Task<int> Later() { await Task.Yield(); return 108; }
            public static int Bytes() { ReadOnlySpan<byte> bytes = [1, 2, 3, 4, 5, 109]; return bytes[2]; }
            public static int Text(string word) => word switch { "one" => 1, "two" => 2, "three" => 3, "four" => 4, "five" => 5, "six" => 6, "seven" => 110, _ => 0 };
            public static object Anonymous(int x) => new { First = x, Second = x + 111 }.ToString();
            public static IReadOnlyList<int> List(int x) => [x, x + 112];
            public static void Caught() { try { Called(1); } catch (InvalidOperationException) { Called(113); } }
            public const int Constant = 114;
            public static int Draw() => Foundation.CounterRandom.Draw() + Foundation.Hashes.Of();
        }
        public interface IShape { double Area(); double Untouched() => 201; }
        public sealed class Square : IShape { public double Area() => 202; public double NotOfTheInterface() => 203; }
        public sealed class Circle : IShape { public double Area() => 204; }
        public struct Pair<T> { public T First; public static Pair<T> operator +(Pair<T> a, Pair<T> b) => new() { First = b.First }; public int Size => 205; }
        public sealed class OnlyNamed { public int Size => 206; public OnlyNamed() { } public int NotCalled() => 207; }
        public sealed class Renderer { public static void Draw() { } }
        public static class StatisticsErrors { public static Exception Wrong() => new InvalidOperationException("wrong 301"); }
        public sealed record Spectrum(int Bins) : BuildGraph.IProduct<Spectrum>
        {
            public static Spectrum Read(string from) => new(401);
            public static void Write(string to, Spectrum value) => Console.WriteLine(402);
        }
        """;

    private const string Stages = """
        namespace TauPipeline.Stages;
        using TauPipeline.BuildGraph;
        using TauPipeline.Statistics;
        public sealed record FirstSettings(int Bins) { public static FirstSettings Read(int x) => new(x + 501); public int NotAsked() => 502; }
        public sealed class FirstStage(IReadOnlyList<Artifact> inputs, FirstSettings settings) : IStage
        {
            public string Name => "First";
            public string Summary => "summary 503";
            public static string Product(int x) => "product 504" + x;
            public static int[] Shown { get; } = [505, 506];
            private int Private() => settings.Bins + inputs.Count + 507;
            public Action<StepRun> Work() => run =>
            {
                Func<double, double> pointed = Sums.Pointed;
                Console.WriteLine(Sums.Called(pointed(508)) + Private());
                IShape shape = new Square();
                shape.Area();
            };
        }
        public sealed record SecondSettings(int Width);
        public sealed class SecondStage(Artifact<Spectrum> spectrum, SecondSettings settings) : IStage
        {
            public string Name => "Second";
            public string Summary => "summary";
            public Action<StepRun> Work() => run =>
            {
                Console.WriteLine(run.Read(spectrum).Bins + settings.Width + FirstStage.Product(1) + FirstStage.Shown.Length + Sums.Draw() + Sums.Constant);
                Renderer.Draw();
                throw StatisticsErrors.Wrong();
            };
        }
        public sealed class MadeStage : IStage
        {
            public string Name => "Made";
            public string Summary => "uses what the compiler makes up";
            public Action<StepRun> Work() => run =>
            {
                Sums.Lambda([1]); Sums.Closure([1], 2); Sums.Local(1); foreach (int i in Sums.Iterator(3)) { } Sums.Later(); Sums.Bytes(); Sums.Text("a"); Sums.Anonymous(1); Sums.List(1); Sums.Caught();
                _ = new Pair<int>() + new Pair<int>(); Console.WriteLine(typeof(List<OnlyNamed>));
            };
        }
        """;

    private static readonly ConcurrentDictionary<string, byte[]> Unedited = new();

    private static readonly (string Room, string Text)[] Rooms =
    [
        ("Foundation", Foundation),
        ("BuildGraph", Engine),
        ("Statistics", Statistics),
        ("Stages", Stages),
    ];

    /// <summary>The code of the stages, with texts replaced by others wherever they stand.</summary>
    public static Dictionary<string, StageCode> Code(string script, params IReadOnlyList<(string Old, string New)> edits)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("scripts"));
        File.WriteAllText(folder.At("scripts", "draw.js"), script);
        foreach ((string old, _) in edits)
            if (!Rooms.Any(room => room.Text.Contains(old, StringComparison.Ordinal)))
                throw new InvalidOperationException($"there is no '{old}' to replace");
        var assemblies = new List<string>();
        bool isEdited = false;
        for (int i = 0; i < Rooms.Length; i++)
        {
            (string room, string text) = Rooms[i];
            isEdited |= edits.Any(edit => text.Contains(edit.Old, StringComparison.Ordinal));
            // What is below every edit is as it was.
            if (isEdited || !Unedited.TryGetValue(room, out byte[]? bytes))
            {
                assemblies.Add(
                    TestCompiler.Compile(
                        folder.Path,
                        $"TauPipeline.{room}",
                        [
                            (
                                folder.At(room + ".cs"),
                                edits.Aggregate(text, (edited, edit) => edited.Replace(edit.Old, edit.New, StringComparison.Ordinal))),
                        ],
                        assemblies));
                if (!isEdited) Unedited[room] = File.ReadAllBytes(assemblies[^1]);
            }
            else
            {
                assemblies.Add(folder.At($"TauPipeline.{room}.dll"));
                File.WriteAllBytes(assemblies[^1], bytes);
            }
        }
        return StageCode.Of(assemblies, folder.Path, "TauPipeline.Stages").ToDictionary(code => code.Stage);
    }
}
