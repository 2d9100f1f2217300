using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query.Internal;

namespace Asc.SqlServer.Tests.Mirroring;

/// <summary>Stands where every query of a context passes: when an operator is applied to it, and when it is run.</summary>
internal sealed class MirroredQueries(IQueryCompiler compiler, IDbContextOptions options) : EntityQueryProvider(compiler)
{
    private SqlServerMirror Mirror => SqlServerMirror.Of(options);

    public override IQueryable<TElement> CreateQuery<TElement>(Expression expression)
    {
        // The operator itself ends in a tail call: it is on the stack no more.
        Mirror.Reach(((MethodCallExpression)expression).Method.Name);
        return base.CreateQuery<TElement>(expression);
    }

    public override TResult Execute<TResult>(Expression expression) => throw new InvalidOperationException("the control plane queries asynchronously");

    public override TResult ExecuteAsync<TResult>(Expression expression, CancellationToken cancellationToken = default)
    {
        Mirror.Reach();
        Mirror.Query<TResult>(expression);
        return base.ExecuteAsync<TResult>(expression, cancellationToken);
    }
}
